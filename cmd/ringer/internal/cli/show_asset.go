package cli

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// shownAsset is what `show ASSET --json` prints.
type shownAsset struct {
	Name       string          `json:"name"`
	Title      string          `json:"title"`
	Platform   effect.Platform `json:"persona"`
	Hostname   string          `json:"hostname"` // by default
	Services   []string        `json:"services"`
	Baselines  []string        `json:"baselines"`
	Behaviours []string        `json:"behaviours"`
}

// assetPage returns the page of an asset kind: what a scenario can do on such an
// asset.
func assetPage(kind asset.Kind, words scenario.Vocabulary) (report.Page, shownAsset) {
	shown := shownAsset{
		Name: kind.Name, Title: kind.Summary, Platform: kind.Platform, Hostname: kind.Hostname,
		Services: append([]string{}, kind.Services...), Baselines: []string{}, Behaviours: []string{},
	}
	for _, baseline := range words.Baselines {
		if suits(kind, baseline.Assets) {
			shown.Baselines = append(shown.Baselines, baseline.Name)
		}
	}
	for _, b := range words.Behaviours {
		if suits(kind, b.Assets) {
			shown.Behaviours = append(shown.Behaviours, b.Name)
		}
	}
	page := report.Page{Title: shown.Name, Lead: shown.Title}
	page.Add("platform", string(shown.Platform))
	page.Add("hostname", fmt.Sprintf("%s, unless the scenario names another", shown.Hostname))
	page.Add("services", strings.Join(shown.Services, ", "))
	page.Add("baselines", strings.Join(shown.Baselines, ", "))
	page.Add("behaviours", strings.Join(shown.Behaviours, ", "))
	return page, shown
}

func suits(kind asset.Kind, hosts []string) bool {
	_, ok := kind.IsAny(hosts)
	return ok
}
