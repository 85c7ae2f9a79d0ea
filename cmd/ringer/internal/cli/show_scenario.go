package cli

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
)

// scenarioPage returns the page of the library's scenario with that name, and its
// document; ok is false if there is none.
func scenarioPage(name string) (page report.Page, document report.ScenarioDocument, ok bool) {
	for _, scenario := range libraryScenarios() {
		if name != scenario.Name.Text && name != stem(scenario.File) {
			continue
		}
		page = report.Page{Title: scenario.Name.Text, Lead: scenario.Title}
		page.Add("file", scenario.File)
		page.Add("ATT&CK", scenario.Attack)
		for _, actor := range scenario.Actors {
			page.Add("actor", fmt.Sprintf("%s (%s)", actor.Group.Name, actor.Group.ID))
		}
		for _, asset := range scenario.Assets {
			page.Add("asset", fmt.Sprintf("%s: %s %s", asset.Name.Text, asset.Kind.Name, asset.Hostname))
		}
		for _, baseline := range scenario.Baselines {
			page.Add("baseline", fmt.Sprintf("%s: %s", baseline.Name.Text, baseline.Kind.Name))
		}
		for _, step := range scenario.Steps {
			page.Add("step", fmt.Sprintf("%s %s: %s on %s, %s", plan.FormatOffset(step.At.Time),
				step.Name.Text, step.Behaviour.Name, step.On.Text, report.Plural(len(step.Expect), "expectation")))
		}
		page.Add("references", strings.Join(scenario.References, "; "))
		return page, report.DescribeScenario(scenario), true
	}
	return report.Page{}, report.ScenarioDocument{}, false
}
