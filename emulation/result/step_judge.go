package result

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// stepJudge judges the expectations of one step.
type stepJudge struct {
	Judges
	record   runner.StepRecord
	alerts   []detect.Alert // of this step's own events, in all shapes
	observed []detect.Alert // the same, without what is declared
	// judgeable are the events that a verdict may rest on.
	judgeable    []event.Event
	statedFields map[detect.Question]detect.FieldsByEvent
}

func (j Judges) stepJudge(record runner.StepRecord, alerts stepAlerts) stepJudge {
	return stepJudge{Judges: j, record: record, alerts: alerts.all[record.ID], observed: alerts.observed[record.ID], judgeable: JudgeableEvents(record), statedFields: alerts.statedFields}
}

// judgeAll returns each expectation with its verdict, and the alerts that no
// expectation is about.
func (s stepJudge) judgeAll(asked []plan.Expectation) ([]Expectation, []detect.Alert) {
	judged := []Expectation{}
	for _, expectation := range asked {
		judged = append(judged, s.judge(expectation))
	}
	return judged, s.unexpectedAlerts(asked)
}

func (s stepJudge) judge(want plan.Expectation) Expectation {
	out := Expectation{
		Detector: want.Detector, Rule: want.Rule, Title: want.Title, Want: want.Want, Shape: want.Shape,
		Because: want.Because, File: want.Range.Filename, Line: want.Range.Start.Line,
		Asked: s.countAsked(want),
	}
	own := alertsFor(want, s.alerts)
	evidence := s.eventsBehind(own)
	expected := verdict.Expected{Want: want.Want, Least: want.Least, Most: want.Most, Until: want.Until}
	out.Verdict, out.Reason = verdict.Judge(expected, s.evidence(want, out.Asked, len(own)), s.Today)
	if out.Verdict.Met() {
		// No verdict may be met by what the scenario only declares.
		if seen, _ := verdict.Judge(expected, s.evidence(want, out.Asked, len(alertsFor(want, s.observed))), s.Today); seen != out.Verdict {
			out.Verdict, out.Reason = verdict.Skipped, fmt.Sprintf("would be %q only because of declared fields; on observed data it is %q", out.Verdict, seen)
		}
	}
	out.Stated = s.decisiveStatedFields(want, expected, out.Verdict, out.Asked)
	out.Evidence = evidence
	switch {
	case s.VerdictsOnly:
	case out.Verdict == verdict.Silent:
		out.Nearest = s.nearestMiss(want)
	case out.Verdict == verdict.Missed:
		why := s.explain(want, s.record.Events)
		out.Mismatches = why.Mismatches
		if len(own) == 0 {
			out.Explanation = why.Text
		}
	case out.Verdict == verdict.FalseAlarm:
		out.Explanation = s.explain(want, evidence).Text
	}
	return out
}

// evidence returns what bears on an expectation whose rule was asked of that many
// events.
func (s stepJudge) evidence(want plan.Expectation, asked, alerts int) verdict.Evidence {
	seen := verdict.Evidence{
		Skipped: cmp.Or(s.record.Skipped, want.LeftOut), Proven: s.record.Proven(), UnprovenReason: unprovenReason(s.record.Proven(), s.record.Outcome.StandInErrors, s.record.Outcome.Proofs), Alerts: alerts,
		Declared: s.record.Outcome.Declared, Asked: asked,
	}
	if asked == 0 {
		seen.NotAskedReason = s.notAskedReason(want)
	}
	if s.record.Err != nil {
		seen.Broken = s.record.Err.Error()
	}
	return seen
}

// alertsFor returns the alerts that an expectation is about.
func alertsFor(want plan.Expectation, alerts []detect.Alert) []detect.Alert {
	var own []detect.Alert
	for _, alert := range alerts {
		if alert.Detector == want.Detector && alert.Rule == want.Rule && alert.Shape == want.Shape {
			own = append(own, alert)
		}
	}
	return own
}

func (s stepJudge) eventsBehind(alerts []detect.Alert) []event.Event {
	wanted := map[string]bool{}
	for _, alert := range alerts {
		for _, id := range alert.Events {
			wanted[id] = true
		}
	}
	var found []event.Event
	for _, e := range s.record.Events {
		if wanted[e.ID] {
			found = append(found, e)
		}
	}
	return found
}

func (s stepJudge) explain(want plan.Expectation, events []event.Event) detect.Explanation {
	if detector := s.findDetector(want.Detector); detector != nil {
		return detector.Explain(want.Rule, events, want.Shape)
	}
	return detect.Explanation{}
}

// unexpectedAlerts returns the first alert of each rule without an expectation here.
// The shapes agree on most alerts, so the first is enough.
func (s stepJudge) unexpectedAlerts(asked []plan.Expectation) []detect.Alert {
	known := map[string]bool{}
	for _, expectation := range asked {
		known[expectation.Rule] = true
	}
	var found []detect.Alert
	for _, alert := range s.alerts {
		if !known[alert.Rule] {
			known[alert.Rule] = true
			found = append(found, alert)
		}
	}
	return found
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
