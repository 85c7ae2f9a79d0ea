package cli

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// scenarioPage returns the page of a scenario of the library.
func scenarioPage(scenario *scenario.Scenario) report.Page {
	page := report.Page{Title: scenario.Name.Text, Lead: scenario.Title}
	page.Add("file", scenario.File)
	page.Add("ATT&CK", string(scenario.Attack))
	for _, actor := range scenario.Actors {
		page.Add("actor", result.Actor{Name: actor.Name.Text, Group: actor.Group.ID, Title: actor.Title(), Aliases: actor.Aliases}.String())
		page.Add("", strings.Join(actor.References, ", "))
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
	return page
}
