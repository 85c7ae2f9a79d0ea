package scenario_test

import (
	"fmt"
	"os"
	"testing/fstest"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

const exampleScenario = `scenario "mail" {
  title = "A page in the mail server's folder"
}

actor "emissary_panda" { group = "G0027" }
asset "exchange" "mail" {}

step "owa_web_shell_drop" "backdoor" {
  by = actor.emissary_panda
  on = asset.mail
  at = "1d12h"

  expect "sigma" "e460a3c3-c08f-4ace-84f8-4229a4feddc3" { verdict = fires }
}
`

// A file is read with the shipped library: its behaviours, kinds of asset and
// baselines.
func ExampleLoadFS() {
	files := fstest.MapFS{"mail.hcl": {Data: []byte(exampleScenario)}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, files, "mail.hcl")
	fmt.Println("problems:", len(problems))
	for _, s := range set.Scenarios {
		fmt.Printf("%s: %s\n", s.Name.Text, s.Title)
		for _, step := range s.Steps {
			fmt.Printf("%s: %s on %s after %s, claims %s\n", step.Name.Text, step.Behaviour.Name, step.On.Text, step.At.Time, step.Technique)
		}
	}
	// Output:
	// problems: 0
	// mail: A page in the mail server's folder
	// backdoor: owa_web_shell_drop on mail after 36h0m0s, claims T1505.003
}

// All mistakes of all files come at once, each with its place; [scenario.Set] has
// the sources that a snippet needs.
func ExampleLoadFS_mistakes() {
	files := fstest.MapFS{"mail.hcl": {Data: []byte(`scenario "mail" {}
asset "exchnge" "mail" {}
`)}}
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, files, "mail.hcl")
	if err := hcl.NewDiagnosticTextWriter(os.Stdout, set.Files, 78, false).WriteDiagnostics(problems); err != nil {
		fmt.Println(err)
	}
	fmt.Println("valid:", set.Scenarios[0].Valid)
	// Output:
	// Error: Unknown asset kind
	//
	//   on mail.hcl line 2, in asset "exchnge" "mail":
	//    2: asset "exchnge" "mail" {}
	//
	// There is no asset kind "exchnge". Did you mean "exchange"?
	//
	// valid: false
}

// Load does the same with paths of this machine: files, and folders of them. A
// variable without a default needs a value.
func ExampleLoad() {
	file, err := os.CreateTemp("", "*.hcl")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString("variable \"days\" {}\n\nscenario \"mail\" {\n  title = \"${var.days} days\"\n}\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	set, problems := scenario.Load(scenario.Options{Vocabulary: scenarios.Vocabulary, Variables: map[string]string{"days": "45"}}, file.Name())
	fmt.Println(len(problems), set.Scenarios[0].Title)
	// Output: 0 45 days
}

func ExampleParseOffset() {
	offset, err := scenario.ParseOffset("1d12h")
	fmt.Println(offset, err)
	_, err = scenario.ParseOffset("next week")
	fmt.Println(err)
	// Output:
	// 36h0m0s <nil>
	// "next week" is not a valid time: expected days, hours, minutes or seconds, such as "45d", "36h" or "1d12h"
}

func ExampleFormat() {
	text, problems := scenario.Format("mail.hcl", []byte("scenario \"mail\" {\ntitle=\"A page\"\n}\n"))
	fmt.Print(len(problems), "\n", string(text))
	// Output:
	// 0
	// scenario "mail" {
	//   title = "A page"
	// }
}
