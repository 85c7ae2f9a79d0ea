package cli

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/report"
)

// baselinePage returns the page of a baseline: its activities on each asset kind.
func baselinePage(b behaviour.Baseline) report.Page {
	page := report.Page{Title: b.Name, Lead: b.Summary}
	for _, kind := range b.Assets {
		activities := b.Activities[kind]
		page.Add("on", fmt.Sprintf("%s: %s of activity", kind, report.Plural(len(activities), "kind")))
		for _, activity := range activities {
			page.Add("", activity.Name+": "+activity.Summary)
		}
	}
	return page
}
