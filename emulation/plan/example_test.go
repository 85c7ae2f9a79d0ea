package plan_test

import (
	"fmt"
	"testing/fstest"
	"time"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

const exampleRule = `title: Script Page Written by a Web Server
id: 6f3d2c11-0a1b-4c5d-8e9f-000000000001
logsource: {product: windows, category: file_event}
detection:
  page: {TargetFilename|endswith: .aspx}
  condition: page
level: high
`

const exampleScenario = `scenario "mail" {
  title = "A page in the mail server's folder"
}

actor "emissary_panda" { group = "G0027" }
asset "exchange" "mail" {}

step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  at = "2d"

  expect "sigma" "6f3d2c11-0a1b-4c5d-8e9f-000000000001" { verdict = fires }
}
`

// From HCL to a plan that a runner can perform: the problems of reading and of
// building are shown together, and there is a plan only where none is an error.
func ExampleBuild() {
	files := fstest.MapFS{"mail.hcl": {Data: []byte(exampleScenario)}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, files, "mail.hcl")

	parsed, _ := sigma.Parse("rule.yml", []byte(exampleRule))
	rules, _ := detect.NewSigma(parsed)

	now := time.Date(2026, time.June, 15, 12, 0, 0, 0, time.UTC)
	for _, s := range set.Scenarios {
		built, more := plan.Build(s, rules, telemetry.Channels, now)
		problems = append(problems, more...)
		if built == nil {
			continue
		}
		for _, step := range built.Steps {
			fmt.Printf("%s at %s: %s on %s\n", step.ID, plan.FormatOffset(step.At), step.Behaviour.Name, step.Asset)
			for _, expected := range step.Expect {
				fmt.Printf("  %s: %s\n", expected.Want, expected.Title)
			}
		}
	}
	for _, problem := range diagnostic.Sort(problems) {
		fmt.Println(problem)
	}
	// Output:
	// backdoor at 2d: owa_web_shell_drop on mail
	//   fires: Script Page Written by a Web Server
}

// A rule that is not there is a mistake of the scenario, found before anything is
// started.
func ExampleBuild_mistake() {
	files := fstest.MapFS{"mail.hcl": {Data: []byte(exampleScenario)}}
	set, _ := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, files, "mail.hcl")
	none, _ := detect.NewSigma(nil)
	built, problems := plan.Build(set.Scenarios[0], none, telemetry.Channels, time.Now())
	fmt.Println("plan:", built != nil)
	for _, problem := range problems {
		fmt.Printf("%s: %s\n%s\n", diagnostic.FileLine(*problem.Subject), problem.Summary, problem.Detail)
	}
	// Output:
	// plan: false
	// mail.hcl:13: Unknown rule
	// The rule "6f3d2c11-0a1b-4c5d-8e9f-000000000001" is not loaded. "ringer list rules" shows them all; --rules DIR adds more.
}
