package truth

import (
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// New returns the truth of a plan of which nothing was performed yet. Steps are added
// with [Step] as they are. origin is as for [exercise.NewTruth].
func New(p *plan.Plan, origin exercise.Origin) *exercise.Truth {
	var actors []exercise.TrueActor
	for _, actor := range p.Actors {
		actors = append(actors, exercise.TrueActor{Name: actor.Name, Group: actor.Group, Title: actor.Title})
	}
	return exercise.NewTruth(actors, origin)
}

// Of returns the truth of a run that is over, judged or replayed.
func Of(run *runner.RunRecord, judged result.Scenario, origin exercise.Origin) *exercise.Truth {
	t := New(run.Plan, origin)
	for i, record := range run.Steps {
		t.Add(Step(run, i, record, &judged.Steps[i]))
	}
	return t
}

// Step returns what was performed of the step with that index in the run's plan. judged
// is what detectors made of it; nil while that is not known.
func Step(run *runner.RunRecord, i int, record runner.StepRecord, judged *result.Step) exercise.TrueStep {
	planned := run.Plan.Steps[i]
	out := exercise.TrueStep{
		ID: planned.ID, Title: planned.Behaviour.Summary, Technique: planned.Technique, Asset: planned.Asset,
		Host: run.Plan.Asset(planned.Asset).Place.Hostname, Actor: planned.Actor.Name,
		From: run.Start.Add(planned.At), To: run.Start.Add(planned.At), Events: []string{}, Failed: failed(record),
	}
	for n, e := range record.Events {
		if n == 0 || e.Time.Before(out.From) {
			out.From = e.Time
		}
		if n == 0 || e.Time.After(out.To) {
			out.To = e.Time
		}
		out.Events = append(out.Events, e.ID)
	}
	for n, want := range planned.Expect {
		rule := exercise.ExpectedRule{Rule: want.Rule, Title: want.Title, Want: string(want.Want)}
		if judged != nil && n < len(judged.Expectations) {
			rule.Verdict = judged.Expectations[n].Verdict.String()
		}
		out.Rules = append(out.Rules, rule)
	}
	out.Alerted = judged != nil && len(judged.Alerts) > 0
	return out
}

// failed says why a step shows nothing; empty if it was performed and proven.
func failed(record runner.StepRecord) string {
	switch {
	case record.Err != nil:
		return record.Err.Error()
	case record.Skipped != "":
		return record.Skipped
	case !record.Proven():
		return "its effect was not proven"
	case len(record.Events) == 0:
		return "it left no event"
	}
	return ""
}
