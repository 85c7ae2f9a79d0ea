package result

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// court is where the expectations of one step are judged.
type court struct {
	Judges
	record runner.Record
	alerts []detect.Alert // of this step's own events, in every shape
	seen   []detect.Alert // the same, on what was seen only
	// readable are the events that count for whether a rule was asked.
	readable []event.Event
	doubts   map[detect.Question]detect.Doubts
}

func (j Judges) court(record runner.Record, alerts heard) court {
	return court{Judges: j, record: record, alerts: alerts.all[record.ID], seen: alerts.seen[record.ID], readable: readable(record), doubts: alerts.doubts}
}

// judge gives each expectation its verdict, and the alerts that none was about.
func (c court) judge(asked []plan.Expectation) ([]Expectation, []detect.Alert) {
	judged := []Expectation{}
	for _, one := range asked {
		judged = append(judged, c.one(one))
	}
	return judged, c.collateral(asked)
}

func (c court) one(want plan.Expectation) Expectation {
	out := Expectation{
		Detector: want.Detector, Rule: want.Rule, Title: want.Title, Want: want.Want, Shape: want.Shape,
		Because: want.Because, File: want.Range.Filename, Line: want.Range.Start.Line,
		Asked: c.asked(want),
	}
	mine := about(want, c.alerts)
	evidence := c.eventsOf(mine)
	expected := verdict.Expected{Want: want.Want, Least: want.Least, Most: want.Most, Until: want.Until}
	out.Verdict, out.Reason = verdict.Judge(expected, c.evidence(want, out.Asked, len(mine)), c.Today)
	if out.Verdict.Met() {
		// No green verdict may rest on a statement of the scenario.
		if seen, _ := verdict.Judge(expected, c.evidence(want, out.Asked, len(about(want, c.seen))), c.Today); seen != out.Verdict {
			out.Verdict, out.Reason = verdict.Skipped, fmt.Sprintf("would be %s, but rests on what is declared: on what was seen it is %s", out.Verdict, seen)
		}
	}
	out.Stated = c.stated(want, expected, out.Verdict, out.Asked)
	out.Evidence = evidence
	switch {
	case c.VerdictsOnly:
	case out.Verdict == verdict.Silent:
		out.Nearest = c.nearest(want)
	case out.Verdict == verdict.Missed:
		why := c.explain(want, c.record.Events)
		out.Wanting = why.On
		if len(mine) == 0 {
			out.Explanation = why.Text
		}
	case out.Verdict == verdict.FalseAlarm:
		out.Explanation = c.explain(want, evidence).Text
	}
	return out
}

// evidence is what bears on an expectation, whose rule was asked of so many of the
// step's events.
func (c court) evidence(want plan.Expectation, asked, alerts int) verdict.Evidence {
	seen := verdict.Evidence{
		Skipped: c.record.Skipped, Proven: c.record.Proven(), Doubt: doubt(c.record.Proven(), c.record.Outcome.Trouble, c.record.Outcome.Proofs), Alerts: alerts,
		Declared: c.record.Outcome.Declared, Asked: asked,
	}
	if asked == 0 {
		seen.Unasked = c.unasked(want)
	}
	if c.record.Err != nil {
		seen.Broken = c.record.Err.Error()
	}
	return seen
}

// about picks the alerts that an expectation is about.
func about(want plan.Expectation, alerts []detect.Alert) []detect.Alert {
	var mine []detect.Alert
	for _, alert := range alerts {
		if alert.Detector == want.Detector && alert.Rule == want.Rule && alert.Shape == want.Shape {
			mine = append(mine, alert)
		}
	}
	return mine
}

func (c court) eventsOf(alerts []detect.Alert) []event.Event {
	wanted := map[string]bool{}
	for _, alert := range alerts {
		for _, id := range alert.Events {
			wanted[id] = true
		}
	}
	var found []event.Event
	for _, e := range c.record.Events {
		if wanted[e.ID] {
			found = append(found, e)
		}
	}
	return found
}

func (c court) explain(want plan.Expectation, events []event.Event) detect.Explanation {
	if detector := c.detector(want.Detector); detector != nil {
		return detector.Explain(want.Rule, events, want.Shape)
	}
	return detect.Explanation{}
}

// collateral are the alerts of rules that nothing was expected of here, once a
// rule; the shapes agree on most, so a rule's first is enough.
func (c court) collateral(asked []plan.Expectation) []detect.Alert {
	known := map[string]bool{}
	for _, one := range asked {
		known[one.Rule] = true
	}
	var found []detect.Alert
	for _, alert := range c.alerts {
		if !known[alert.Rule] {
			known[alert.Rule] = true
			found = append(found, alert)
		}
	}
	return found
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
