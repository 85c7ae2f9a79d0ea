package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/emulation/detect"
	training "github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/exercise/truth"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// livePerformance performs the scenario of an exercise while that goes on: its ordinary days
// first, then each step when the exercise's clock comes to it. It is the runner's operator.
type livePerformance struct {
	of        trainingSource
	runs      openedRuns
	performed material.Performed // Run has what was performed before the first step

	at    map[string]time.Time // of each step, in virtual time
	once  sync.Once
	ready chan struct{} // closed before the first step

	// begun is closed once there is a room with material, for which steps are performed;
	// stop when there are to be no more.
	begun, stop chan struct{}
	room        *room.Room
	made        *material.Material

	over chan struct{} // closed once all is performed, judged and recorded
	err  error         // what the run came to
}

// startLive opens the scenario's assets and performs its ordinary days. It fails if they
// cannot be, and as opening a lab does.
func (c *command) startLive(ctx context.Context, of trainingSource, lab string, seed string) (*livePerformance, error) {
	i := slices.IndexFunc(of.plans, func(p *plan.Plan) bool { return p.Name == of.definition.Scenario })
	if i < 0 {
		return nil, usageError{fmt.Errorf("the scenario %s of exercise %s must be named as well", of.definition.Scenario, of.definition.Name)}
	}
	for _, objective := range of.definition.Objectives {
		if len(objective.Find.Detect)+len(objective.Find.See) > 0 {
			return nil, usageError{fmt.Errorf("exercise %s asks for rules or telemetry (objective %s), which are judged by recordings: make them with `ringer run %s` and `ringer run --variants %s`, and start it with both", of.definition.Name, objective.Name, of.definition.Scenario, of.definition.Scenario)}
		}
	}
	p := material.LivePlan(of.plans[i], seed)
	of.plans = []*plan.Plan{p}
	runs, err := c.openRuns(ctx, of.exercise, lab, recordFlags{})
	if err != nil {
		return nil, err
	}
	if runs.recorder == nil {
		return nil, errors.Join(usageError{errors.New("an exercise that is performed must be recorded: name a folder of runs with RINGER_RUNS")}, runs.close())
	}
	l := &livePerformance{of: of, runs: runs, ready: make(chan struct{}), begun: make(chan struct{}), stop: make(chan struct{}), over: make(chan struct{}), at: map[string]time.Time{}}
	start := c.Now().UTC().Truncate(time.Second)
	l.performed = material.Performed{
		Run:       &runner.RunRecord{Plan: p, Run: runs.id, Lab: runs.lab, Start: start},
		Detectors: []detect.Detector{of.rules.Sigma}, Live: true,
	}
	for _, step := range p.Steps {
		l.at[step.ID] = start.Add(step.At)
	}
	with := c.runner(nil)
	with.Start, with.Operator, with.Recorded = start, l, l.recorded
	go func() {
		defer close(l.over)
		// An interrupt ends the scenario in its order, not in the middle of a step.
		l.err = c.performLive(context.WithoutCancel(ctx), l, with, p)
	}()
	select {
	case <-l.ready:
		return l, nil
	case <-l.over:
		return nil, errors.Join(l.err, runs.close())
	}
}

// performLive performs the plan to its end, judges it, and seals its recording. It fails as
// the lab does.
func (c *command) performLive(ctx context.Context, l *livePerformance, with runner.Runner, p *plan.Plan) error {
	run, err := l.runs.run(ctx, with, p)
	if err != nil {
		return errors.Join(err, l.runs.recorder.journal.Close())
	}
	judged, err := c.judges(l.runs.runSource, l.of.rules).Conclude(ctx, run)
	if err != nil {
		return err
	}
	if l.made != nil {
		truth.Update(l.made.Truth, run, judged)
	}
	l.runs.judged(run, judged)
	return l.runs.recorder.seal(c.runOf(l.runs.runSource, l.of.rules, []result.Scenario{judged}, nil), nil)
}

// recorded keeps what was performed before the first step; steps are added as the operator
// hears of them.
func (l *livePerformance) recorded(record runner.StepRecord) {
	if _, step := l.at[record.ID]; !step {
		l.performed.Run.Baselines = append(l.performed.Run.Baselines, record)
	}
}

// opening is what the session begins with.
func (l *livePerformance) opening(definition training.Definition, seed string) training.Opening {
	return training.Opening{Definition: definition, Recording: l.runs.recorder.journal.Folder(), Seed: seed, Start: l.performed.Run.Start}
}

// begin has the steps performed for a room with its material.
func (l *livePerformance) begin(of *room.Room, made *material.Material) {
	l.room, l.made = of, made
	close(l.begun)
}

// Before waits until the clock is at the step. It ends the scenario when the exercise ends or
// the server does.
func (l *livePerformance) Before(ctx context.Context, _ *plan.Plan, step plan.Step) error {
	l.once.Do(func() { close(l.ready) })
	select {
	case <-l.begun:
	case <-l.stop:
		return runner.ErrEnded
	}
	at := l.at[step.ID]
	if err := l.made.FillUntil(ctx, at); err != nil {
		return err
	}
	changed, unwatch := l.room.Watch()
	defer unwatch()
	for {
		clock := l.room.State().Clock()
		switch {
		case clock.Ended:
			return runner.ErrEnded
		case clock.Started && !l.room.Virtual().Before(at):
			return nil
		}
		select {
		case <-changed:
		case <-time.After(liveTick):
		case <-l.stop:
			return runner.ErrEnded
		}
	}
}

// liveTick is how often the clock is looked at: steps are performed at most so much late.
const liveTick = 50 * time.Millisecond

// After hands the step to the trainees, and tells the log of it.
func (l *livePerformance) After(ctx context.Context, _ *plan.Plan, step plan.Step, record runner.StepRecord) (runner.Decision, error) {
	err := l.made.Add(ctx, l.performed, record)
	if err == nil {
		_, err = l.room.Enter(ctx, training.Entry{Kind: training.Happened, Key: "happened/" + step.ID + "/" + rand.Text(), Step: step.ID})
	}
	return runner.Decision{}, err
}

// inject has a step performed now: the clock goes on to it. It fails for any step but the
// next.
func (l *livePerformance) inject(ctx context.Context, step string) error {
	for _, next := range l.performed.Run.Plan.Steps {
		if !l.room.Virtual().Before(l.at[next.ID]) {
			continue
		}
		if next.ID != step {
			return fmt.Errorf("%w: steps are performed in their order, and %s is next", room.ErrRefused, next.ID)
		}
		_, err := l.room.Enter(ctx, training.Entry{Kind: training.Jump, Key: "inject/" + rand.Text(), To: l.at[step]})
		return err
	}
	return fmt.Errorf("%w: %s was performed", room.ErrRefused, step)
}

// end ends the scenario, and returns what the run came to once its assets are gone.
func (l *livePerformance) end() error {
	close(l.stop)
	<-l.over
	return errors.Join(l.err, l.runs.close())
}
