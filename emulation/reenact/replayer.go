package reenact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// Replayer performs replays, many on each asset, one after the other; all that a
// replay did is undone before the next one.
type Replayer struct {
	Lab runner.Lab
	// Run is the id that assets are labelled with; Now is the clock.
	Run string
	Now func() time.Time
	// Assets is how many are open at a time; 1 or more.
	Assets int
	// Done is told of each replay once it is over, from several goroutines;
	// it may be nil.
	Done func(Execution)
}

// Execution is what performing one replay showed, before any rule is asked.
type Execution struct {
	Replay
	// Outcomes and Events are one for each step; those of a step without a plan
	// are empty.
	Outcomes []runner.Outcome
	Events   [][]event.Event
	// Unreliable says why the telemetry cannot be relied on: of which step, or that
	// the replay broke its asset. "" is that it can.
	Unreliable string
}

// ReplayAll performs all replays. An error means that the lab has no asset any
// more, or that the context was cancelled: then nothing is known of the rest.
// Nothing is left when it returns.
func (r Replayer) ReplayAll(ctx context.Context, replays []Replay) ([]Execution, error) {
	executions := make([]Execution, len(replays))
	todo := make(chan int)
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(todo)
		for i := range replays {
			select {
			case todo <- i:
			case <-groupCtx.Done():
				return context.Cause(groupCtx)
			}
		}
		return nil
	})
	for n := range min(r.Assets, len(replays)) {
		group.Go(func() error {
			return r.runHost(groupCtx, fmt.Sprintf("host%d", n+1), todo, func(i int) *Execution {
				executions[i] = Execution{Replay: replays[i]}
				return &executions[i]
			})
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("re-enact: %w", err)
	}
	return executions, nil
}

// runHost performs replays on one asset until there are no more. One that breaks
// its asset is broken itself, and no other: the next one gets a new asset. Only
// where none opens any more is the lab what broke.
func (r Replayer) runHost(ctx context.Context, name string, todo <-chan int, start func(int) *Execution) (err error) {
	var session runner.AssetSession
	defer func() {
		if session != nil {
			err = errors.Join(err, session.Close())
		}
	}()
	for i := range todo {
		if session == nil {
			if session, err = runner.Verified(r.Lab).Open(ctx, runner.Asset{Name: name, Run: r.Run, Place: Place()}); err != nil {
				return err
			}
		}
		execution := start(i)
		if err := r.runReplay(ctx, session, execution); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("%s: %w", execution.Name, err)
			}
			execution.Unreliable = err.Error()
			broken := session
			session = nil
			if err := broken.Close(); err != nil {
				return err
			}
		}
		if r.Done != nil {
			r.Done(*execution)
		}
	}
	return nil
}

// runReplay performs one and takes it back.
func (r Replayer) runReplay(ctx context.Context, session runner.AssetSession, execution *Execution) error {
	execution.Outcomes, execution.Events = make([]runner.Outcome, len(execution.Steps)), make([][]event.Event, len(execution.Steps))
	translate, check := telemetry.New("host", Place()), telemetry.NewCompletenessCheck("host", Place())
	for i, step := range execution.Steps {
		if step.Unsupported != "" {
			continue
		}
		outcome, err := session.Perform(ctx, ID(i), step.Plan)
		if err != nil {
			return err
		}
		if err := outcome.CheckComplete(); err != nil {
			execution.Unreliable = fmt.Sprintf("%s: %v", ID(i), err)
		}
		execution.Outcomes[i] = outcome
		execution.Events[i] = translate.Translate(outcome.Observations, r.Now())
		if err := check.Verify(outcome.Observations, execution.Events[i]); err != nil {
			execution.Unreliable = fmt.Sprintf("%s: %v", ID(i), err)
		}
		if outcome.Declared {
			for n := range execution.Events[i] {
				execution.Events[i][n].Provenance, execution.Events[i][n].FieldProvenance = event.Declared, nil
			}
		}
	}
	undone, err := session.Undo(ctx)
	if err == nil && len(undone.Leftover) > 0 {
		err = fmt.Errorf("undo did not restore the asset: %s", undone.Leftover[0])
	}
	return err
}
