package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/report"
)

// shownAsset is what `show ASSET --json` prints.
type shownAsset struct {
	Name       string         `json:"name"`
	Title      string         `json:"title"`
	Persona    effect.Persona `json:"persona"`
	Hostname   string         `json:"hostname"` // unless a scenario names another
	Services   []string       `json:"services"`
	Baselines  []string       `json:"baselines"`
	Behaviours []string       `json:"behaviours"`
}

// assetPage is the page of a kind of asset: what a scenario can do with one.
func assetPage(kind asset.Kind) (report.Text, shownAsset) {
	shown := shownAsset{
		Name: kind.Name, Title: kind.Summary, Persona: kind.Persona, Hostname: kind.Hostname,
		Services: append([]string{}, kind.Services...), Baselines: []string{}, Behaviours: []string{},
	}
	for _, one := range behaviour.Baselines() {
		if slices.Contains(one.Assets, kind.Name) {
			shown.Baselines = append(shown.Baselines, one.Name)
		}
	}
	for _, one := range behaviour.All() {
		if slices.Contains(one.Assets, kind.Name) {
			shown.Behaviours = append(shown.Behaviours, one.Name)
		}
	}
	page := report.Text{Title: shown.Name, Lead: shown.Title}
	page.Add("persona", string(shown.Persona))
	page.Add("hostname", fmt.Sprintf("%s, unless the scenario names another", shown.Hostname))
	page.Add("services", strings.Join(shown.Services, ", "))
	page.Add("baselines", strings.Join(shown.Baselines, ", "))
	page.Add("behaviours", strings.Join(shown.Behaviours, ", "))
	return page, shown
}
