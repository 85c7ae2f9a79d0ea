package reenact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Director has scenes performed, many on each asset, one after the other; all
// that a scene did is taken back before the next one.
type Director struct {
	Lab runner.Lab
	// Run is the id that assets are labelled with; Now is the clock.
	Run string
	Now func() time.Time
	// Assets is how many are open at a time; 1 or more.
	Assets int
	// Performed is told of each scene once it is over, from several goroutines;
	// it may be nil.
	Performed func(Performance)
}

// Performance is what performing one scene showed, before any rule is asked.
type Performance struct {
	Scene
	// Outcomes and Events are one for each step; those of a step without a plan
	// are empty.
	Outcomes []runner.Outcome
	Events   [][]event.Event
	// Broke says why the telemetry cannot be relied on: of which step, or that
	// the scene broke its asset. "" is that it can.
	Broke string
}

// Perform performs all scenes. An error means that the lab has no asset any
// more, or that the context was cancelled: then nothing is known of the rest.
// Nothing is left when it returns.
func (d Director) Perform(ctx context.Context, scenes []Scene) ([]Performance, error) {
	performances := make([]Performance, len(scenes))
	todo := make(chan int)
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(todo)
		for i := range scenes {
			select {
			case todo <- i:
			case <-groupCtx.Done():
				return context.Cause(groupCtx)
			}
		}
		return nil
	})
	for n := range min(d.Assets, len(scenes)) {
		group.Go(func() error {
			return d.host(groupCtx, fmt.Sprintf("host%d", n+1), todo, func(i int) *Performance {
				performances[i] = Performance{Scene: scenes[i]}
				return &performances[i]
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
	return performances, nil
}

// host performs scenes on one asset until there are no more. A scene that breaks
// its asset is broken itself, and no other: the next one gets a new asset. Only
// where none opens any more is the lab what broke.
func (d Director) host(ctx context.Context, name string, todo <-chan int, start func(int) *Performance) (err error) {
	var stage runner.Stage
	defer func() {
		if stage != nil {
			err = errors.Join(err, stage.Close())
		}
	}()
	for i := range todo {
		if stage == nil {
			if stage, err = runner.Verified(d.Lab).Open(ctx, runner.Asset{Name: name, Run: d.Run, Place: Place()}); err != nil {
				return err
			}
		}
		performance := start(i)
		if err := d.scene(ctx, stage, performance); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("%s: %w", performance.Name, err)
			}
			performance.Broke = err.Error()
			broken := stage
			stage = nil
			if err := broken.Close(); err != nil {
				return err
			}
		}
		if d.Performed != nil {
			d.Performed(*performance)
		}
	}
	return nil
}

// scene performs one and takes it back.
func (d Director) scene(ctx context.Context, stage runner.Stage, p *Performance) error {
	p.Outcomes, p.Events = make([]runner.Outcome, len(p.Steps)), make([][]event.Event, len(p.Steps))
	translate, check := persona.New("host", Place()), persona.NewCheck("host", Place())
	for i, step := range p.Steps {
		if step.Why != "" {
			continue
		}
		outcome, err := stage.Perform(ctx, ID(i), step.Plan)
		if err != nil {
			return err
		}
		if err := outcome.Complete(); err != nil {
			p.Broke = fmt.Sprintf("%s: %v", ID(i), err)
		}
		p.Outcomes[i] = outcome
		p.Events[i] = translate.Translate(outcome.Observations, d.Now())
		if err := check.Answered(outcome.Observations, p.Events[i]); err != nil {
			p.Broke = fmt.Sprintf("%s: %v", ID(i), err)
		}
		if outcome.Declared {
			for n := range p.Events[i] {
				p.Events[i][n].Provenance, p.Events[i][n].FieldProvenance = event.Declared, nil
			}
		}
	}
	undone, err := stage.Undo(ctx)
	if err == nil && len(undone.Left) > 0 {
		err = fmt.Errorf("the asset is not as it was furnished: %s", undone.Left[0])
	}
	return err
}
