package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Replay has a plan performed by what was recorded: the runner asks a lab that
// answers as the sessions did. with says how observations become events; its
// Lab and Now are set here. Steps that are not in the recording are skipped; of
// those that are the acts performed then are what counts, also where the
// plan has others now. The virtual time is that of the recording.
//
// Replay fails if the scenario was not finished, and as [runner.Runner.Run] does.
func (s *ScenarioRecord) Replay(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
	if !s.Finished {
		return nil, fmt.Errorf("replay %s: it was not performed to its end", s.Name)
	}
	return s.replay(ctx, with, p, s.Run, nil, s.done.Start)
}

// ReplayPerformed is Replay of what a run performed that was broken off, whose offset 0 was
// at that virtual time. What it did not come to is skipped. It fails as
// [runner.Runner.Run] does.
func (s *ScenarioRecord) ReplayPerformed(ctx context.Context, with runner.Runner, p *plan.Plan, start time.Time) (*runner.RunRecord, error) {
	return s.replay(ctx, with, p, s.Run, nil, start)
}

// Reuse is Replay in another run, which has that id: what was recorded is written into
// its part of the plan, as if it had been performed. The record names the run that did.
// It fails as Replay does.
func (s *ScenarioRecord) Reuse(ctx context.Context, with runner.Runner, p *plan.Plan, run string, into *Scenario) (*runner.RunRecord, error) {
	if !s.Finished {
		return nil, fmt.Errorf("reuse %s: it was not performed to its end", s.Name)
	}
	record, err := s.replay(ctx, with, p, run, into, s.done.Start)
	if err == nil && record.Reused == "" {
		record.Reused = s.Run
	}
	return record, err
}

func (s *ScenarioRecord) replay(ctx context.Context, with runner.Runner, p *plan.Plan, id string, into *Scenario, start time.Time) (*runner.RunRecord, error) {
	with.Lab, with.Operator = replayLab{s}, nil
	if s.isOperated() {
		with.Operator = recordedOperator{s}
	}
	if into != nil {
		with.Lab, with.Operator = into.Lab(with.Lab), into.Operator(with.Operator)
	}
	if s.parts.Head.Kind == Reenactment {
		with.Lab, with.NewCheck = reenactedLab{replayLab{s}}, s.recordedCheck()
	}
	with.Now = func() time.Time { return start }
	performed := s.performedPlan(p)
	run, err := with.Run(ctx, id, performed)
	if err != nil {
		return nil, err
	}
	for i := range run.Steps {
		if did := s.operated[run.Steps[i].ID]; did != nil && did.attempts > 1 {
			run.Steps[i].Attempts = did.attempts
		}
	}
	run.Took, run.Performance, run.Reused = s.done.Took, s.done.Performance, s.done.Reused
	for i := range run.Assets {
		opened := s.assets[run.Assets[i].Name]
		run.Assets[i].OpenTook, run.Assets[i].Container = opened.OpenTook, opened.Container
	}
	s.restoreTimes(run)
	run.Watches, err = s.Watches()
	return run, err
}

// performedPlan is a plan with the acts that were performed, and their times, in place
// of those that its steps have now.
func (s *ScenarioRecord) performedPlan(p *plan.Plan) *plan.Plan {
	effects, offsets := s.Effects(), map[string]time.Duration{}
	for _, step := range s.plan.Steps {
		offsets[step.ID] = step.At
	}
	out := *p
	out.Assets = append([]plan.Asset(nil), p.Assets...)
	for i := range out.Assets {
		for _, performed := range s.plan.Assets {
			if performed.Name == out.Assets[i].Name {
				out.Assets[i].Wrapped = performed.Wrapped
			}
		}
	}
	out.Steps = append([]plan.Step(nil), p.Steps...)
	for i := range out.Steps {
		if performed, ok := effects[out.Steps[i].ID]; ok {
			out.Steps[i].Effect = performed
		}
		if at, ok := offsets[out.Steps[i].ID]; ok {
			out.Steps[i].At = at
		}
	}
	out.Baselines = append([]plan.Baseline(nil), p.Baselines...)
	for i := range out.Baselines {
		if performed, ok := effects[out.Baselines[i].ID]; ok {
			out.Baselines[i].Effect = performed
		}
	}
	return &out
}

// AsRecorded makes a translation that answers with the events that were recorded,
// and a check that says of a step what was said of it then. Both are for Replay.
// It fails if the events cannot be read.
func (s *ScenarioRecord) AsRecorded() (func(plan.Asset) runner.Translate, func(plan.Asset) runner.TelemetryCheck, error) {
	events := map[string][]event.Event{}
	err := s.Events(func(e event.Event) error {
		events[e.Lineage.Asset] = append(events[e.Lineage.Asset], e)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	steps := s.performedSteps()
	translate := func(asset plan.Asset) runner.Translate {
		left, next := events[asset.Name], 0
		return func([]event.Observation, time.Time) []event.Event {
			if next == len(steps[asset.Name]) { // a check says so
				return nil
			}
			n := max(0, min(steps[asset.Name][next].Events, len(left)))
			next++
			var out []event.Event
			out, left = left[:n:n], left[n:]
			return out
		}
	}
	return translate, s.recordedCheck(), nil
}

// performedSteps are the steps of each asset that were not skipped: of those nothing
// is translated.
func (s *ScenarioRecord) performedSteps() map[string][]stepLine {
	steps := map[string][]stepLine{}
	for _, step := range s.steps {
		if performed, ok := s.performed[stepKey{step.Asset, step.ID}]; ok && performed.Outcome.Skipped == "" {
			steps[step.Asset] = append(steps[step.Asset], step)
		}
	}
	return steps
}

// recordedCheck says of a step what was said of it when it was performed.
func (s *ScenarioRecord) recordedCheck() func(plan.Asset) runner.TelemetryCheck {
	steps := s.performedSteps()
	return func(asset plan.Asset) runner.TelemetryCheck {
		next := 0
		return func([]event.Observation, []event.Event) error {
			if next == len(steps[asset.Name]) {
				return errors.New("the recording does not say how the step ended")
			}
			said := steps[asset.Name][next].Error
			next++
			return errorOf(said)
		}
	}
}

func errorOf(text string) error {
	if text == "" {
		return nil
	}
	return errors.New(text)
}

// replayLab answers as the lab did that a scenario was performed in.
type replayLab struct{ s *ScenarioRecord }

func (l replayLab) Name() string { return l.s.parts.Head.Lab }

func (l replayLab) Open(_ context.Context, a runner.Asset) (runner.AssetSession, error) {
	opened, ok := l.s.opened[a.Name]
	if !ok {
		return nil, fmt.Errorf("asset %s is not in the recording", a.Name)
	}
	if opened.Error != "" {
		return nil, errors.New(opened.Error)
	}
	return replaySession{l.s, a.Name, opened.IsolationChecks, new(string)}, nil
}

// reenactedLab is the lab of what was re-enacted. An asset keeps the programs that
// earlier recordings brought, so an outcome cannot be compared with its plan alone: that
// was done when it was performed.
type reenactedLab struct{ replayLab }

func (reenactedLab) PreVerified() {}

type replaySession struct {
	s      *ScenarioRecord
	asset  string
	checks []runner.IsolationCheck
	newest *string // the step that was asked for last
}

func (r replaySession) IsolationChecks() []runner.IsolationCheck { return r.checks }

func (r replaySession) Perform(_ context.Context, step string, _ effect.StepPlan) (runner.Outcome, error) {
	*r.newest = step
	performed, ok := r.s.performed[stepKey{r.asset, step}]
	if _, planned := r.s.Effects()[step]; planned && !ok {
		return runner.Outcome{Skipped: runner.ErrEnded.Error()}, nil
	}
	if !ok {
		return runner.Outcome{Skipped: "it is not in the recording: it has to be performed"}, nil
	}
	return performed.Outcome, errorOf(performed.Error)
}

func (r replaySession) Undo(context.Context) (runner.UndoResult, error) {
	undone := r.s.undone[r.asset]
	return undone.Undo, errorOf(undone.Error)
}

func (r replaySession) UndoNewest(context.Context) (runner.UndoResult, error) {
	undone := r.s.operated[*r.newest].takenBack
	return undone.Undo, errorOf(undone.Error)
}

func (r replaySession) Close() error { return errorOf(r.s.closed[r.asset].Error) }
