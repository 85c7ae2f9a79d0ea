package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

// assetPage is the page of a kind of asset: what a scenario can do with one.
func assetPage(kind asset.Kind) report.Text {
	page := report.Text{Title: kind.Name, Lead: kind.Summary}
	page.Add("persona", string(kind.Persona))
	page.Add("hostname", fmt.Sprintf("%s, unless the scenario names another", kind.Hostname))
	page.Add("services", strings.Join(kind.Services, ", "))
	var days, steps []string
	for _, one := range behaviour.Baselines() {
		if slices.Contains(one.Assets, kind.Name) {
			days = append(days, one.Name)
		}
	}
	for _, one := range behaviour.All() {
		if slices.Contains(one.Assets, kind.Name) {
			steps = append(steps, one.Name)
		}
	}
	page.Add("baselines", strings.Join(days, ", "))
	page.Add("behaviours", strings.Join(steps, ", "))
	return page
}
