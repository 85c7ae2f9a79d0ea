package truth

import (
	"slices"
	"time"

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
	Update(t, run, judged)
	return t
}

// Plan adds the steps of a plan that are yet to be performed, from that virtual time on.
func Plan(t *exercise.Truth, p *plan.Plan, start time.Time) {
	for _, planned := range p.Steps {
		if _, there := t.Step(planned.ID); there {
			continue
		}
		step, _ := Step(p, start, runner.StepRecord{ID: planned.ID, Asset: planned.Asset}, nil)
		step.Failed = ""
		t.Add(step)
	}
}

// Update adds all steps of a run that is over to its truth, and what detectors made of
// those that are there.
func Update(t *exercise.Truth, run *runner.RunRecord, judged result.Scenario) {
	for i, record := range run.Steps {
		if step, ok := Step(run.Plan, run.Start, record, &judged.Steps[i]); ok {
			t.Add(step)
		}
	}
}

// Step returns what was performed of a step of a plan, as [runner.Runner.Recorded] is
// told of it; ok is false if the record is that of an ordinary day. start is the virtual
// time of the scenario's start, judged what detectors made of the step: nil while that is
// not known.
func Step(p *plan.Plan, start time.Time, record runner.StepRecord, judged *result.Step) (out exercise.TrueStep, ok bool) {
	i := slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == record.ID })
	if i < 0 {
		return exercise.TrueStep{}, false
	}
	planned := p.Steps[i]
	at := start.Add(planned.At)
	out = exercise.TrueStep{
		ID: planned.ID, Title: planned.Behaviour.Summary, Technique: planned.Technique, Asset: planned.Asset,
		Host: p.Asset(planned.Asset).Place.Hostname, Actor: planned.Actor.Name,
		From: at, To: at, Events: []string{}, Failed: failed(record),
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
	return out, true
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
