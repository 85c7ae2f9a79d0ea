package cli

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
)

// scenarioPage is the page of a scenario of the library, and its document; ok is
// false where it has none of that name.
func scenarioPage(name string) (page report.Text, document report.ScenarioDocument, ok bool) {
	for _, one := range libraryScenarios() {
		if name != one.Name.Text && name != stem(one.File) {
			continue
		}
		page = report.Text{Title: one.Name.Text, Lead: one.Title}
		page.Add("file", one.File)
		page.Add("ATT&CK", one.Attack)
		for _, actor := range one.Actors {
			page.Add("actor", fmt.Sprintf("%s (%s)", actor.Group.Name, actor.Group.ID))
		}
		for _, asset := range one.Assets {
			page.Add("asset", fmt.Sprintf("%s: %s %s", asset.Name.Text, asset.Kind.Name, asset.Hostname))
		}
		for _, baseline := range one.Baselines {
			page.Add("baseline", fmt.Sprintf("%s: %s", baseline.Name.Text, baseline.Kind.Name))
		}
		for _, step := range one.Steps {
			page.Add("step", fmt.Sprintf("%s %s: %s on %s, %s", plan.FormatDwell(step.At.Time),
				step.Name.Text, step.Behaviour.Name, step.On.Text, report.Plural(len(step.Expect), "expectation")))
		}
		page.Add("references", strings.Join(one.References, "; "))
		return page, report.DescribeScenario(one), true
	}
	return report.Text{}, report.ScenarioDocument{}, false
}
