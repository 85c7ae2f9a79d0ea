package evidence

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
)

// Alert is a rule that alerted on a step's events.
type Alert struct {
	Rule, Title string
	// Level is the rule's; empty if it is not known.
	Level string
	Shape event.Shape
	// Expectation is what the step expects of the rule; nil if nothing is.
	Expectation *result.Expectation
	// Events are those of the step that the alerts rest on.
	Events []event.Event
}

// alertsOf are the alerts of a step: those that something is expected about, then
// the others.
func alertsOf(step Step, rules map[string]Rule) []Alert {
	var all []Alert
	for i, expectation := range step.Judged.Expectations {
		if len(expectation.Evidence) == 0 {
			continue
		}
		all = append(all, Alert{
			Rule: expectation.Rule, Title: expectation.Title, Level: rules[expectation.Rule].Level, Shape: expectation.Shape,
			Expectation: &step.Judged.Expectations[i], Events: expectation.Evidence,
		})
	}
	for _, unexpected := range step.Judged.UnexpectedAlerts {
		alert := Alert{
			Rule: unexpected.Rule, Title: unexpected.Title, Shape: unexpected.Shape,
			Level: cmp.Or(unexpected.Level, rules[unexpected.Rule].Level),
		}
		for _, e := range step.Events {
			if slices.Contains(unexpected.Events, e.ID) {
				alert.Events = append(alert.Events, e)
			}
		}
		all = append(all, alert)
	}
	return all
}
