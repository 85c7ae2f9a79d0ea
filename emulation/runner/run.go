package runner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Translate turns one asset's observations into events. It keeps what it needs
// of earlier observations, so calls are made in order; at is the virtual time
// of the first one.
type Translate func(observations []event.Observation, at time.Time) []event.Event

// Answered says which of one step's observations has not the events that it must
// have. It keeps what it needs of earlier observations, as Translate does.
type Answered func(observations []event.Observation, events []event.Event) error

// Runner performs plans.
type Runner struct {
	Lab Lab
	// Translator makes the Translate of one asset.
	Translator func(plan.Asset) Translate
	// Check makes the Answered of one asset, by which its telemetry is held against
	// what was seen.
	Check func(plan.Asset) Answered
	// Now is the clock.
	Now func() time.Time
	// Observer may be nil.
	Observer Observer
}

// cleanUp bounds the time that undoing and closing get after a cancellation.
const cleanUp = 15 * time.Second

// Run performs one plan: all assets are opened in parallel, baselines come
// first, then the steps in the plan's order, then undo. It returns ErrNoLab or
// the context's cause if the run could not be had or was broken off; what broke
// on an asset is in the Performance. Nothing is left when it returns.
func (r Runner) Run(ctx context.Context, run string, p *plan.Plan) (*Performance, error) {
	r.Lab = Verified(r.Lab)
	started := r.Now()
	perf := &Performance{Plan: p, Run: run, Lab: r.Lab.Name(), Start: started}
	t := troupe{Runner: r, plan: p, perf: perf, stages: make([]Stage, len(p.Assets)), translate: map[string]Translate{}, answered: map[string]Answered{}}
	err := t.open(ctx)
	if err == nil {
		t.perform(ctx)
	}
	t.close(ctx)
	perf.Took = r.Now().Sub(started)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("run %s: %w", p.Name, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("run %s: %w", p.Name, err)
	}
	return perf, nil
}

// troupe is one performance under way.
type troupe struct {
	Runner
	plan      *plan.Plan
	perf      *Performance
	stages    []Stage
	translate map[string]Translate
	answered  map[string]Answered
}

func (t *troupe) tell(p Progress) {
	if t.Observer != nil {
		p.Scenario = t.plan.Name
		t.Observer(p)
	}
}

// open opens all assets in parallel. An asset that does not open breaks its own
// steps only; no lab at all breaks the run.
func (t *troupe) open(ctx context.Context) error {
	t.perf.Assets = make([]AssetRecord, len(t.plan.Assets))
	group, ctx := errgroup.WithContext(ctx)
	for i, asset := range t.plan.Assets {
		t.translate[asset.Name], t.answered[asset.Name] = t.Translator(asset), t.Check(asset)
		group.Go(func() error {
			t.tell(Progress{Asset: asset.Name, Phase: Opening})
			began := t.Now()
			stage, err := t.Lab.Open(ctx, Asset{Name: asset.Name, Run: t.perf.Run, Place: asset.Place, Protected: asset.Protected})
			record := AssetRecord{Name: asset.Name, OpenTook: t.Now().Sub(began), Err: err}
			if err == nil {
				t.stages[i], record.Attested = stage, stage.Attested()
			}
			t.perf.Assets[i] = record
			t.tell(Progress{Asset: asset.Name, Phase: Open, Took: record.OpenTook, Err: err})
			if errors.Is(err, ErrNoLab) {
				return err
			}
			return nil
		})
	}
	return group.Wait()
}

func (t *troupe) perform(ctx context.Context) {
	for _, baseline := range t.plan.Baselines {
		t.perf.Baselines = append(t.perf.Baselines, t.one(ctx, baseline.ID, baseline.Asset, baseline.Effect, t.perf.Start))
	}
	for _, step := range t.plan.Steps {
		t.perf.Steps = append(t.perf.Steps, t.one(ctx, step.ID, step.Asset, step.Effect, t.perf.Start.Add(step.At)))
	}
}

// one performs a plan on its asset. A stage that broke is not used again.
func (t *troupe) one(ctx context.Context, id, asset string, do effect.Plan, at time.Time) Record {
	record := Record{ID: id, Asset: asset}
	i := t.index(asset)
	switch {
	case ctx.Err() != nil:
		record.Err = context.Cause(ctx)
		return record
	case t.perf.Assets[i].Err != nil:
		record.Err = fmt.Errorf("asset %s: %w", asset, t.perf.Assets[i].Err)
		return record
	}
	t.tell(Progress{Asset: asset, Step: id, Phase: Performing})
	outcome, err := t.stages[i].Perform(ctx, id, do)
	if err != nil {
		record.Err, t.perf.Assets[i].Err = err, err
	} else if record.Skipped = outcome.Skipped; record.Skipped != "" {
		t.tell(Progress{Asset: asset, Step: id, Phase: Performed, Skipped: record.Skipped})
		return record
	} else if err := outcome.Complete(); err != nil {
		record.Err = err
	}
	record.Outcome = outcome
	record.Events = t.translate[asset](outcome.Observations, at)
	if err := t.whole(asset, do, record); err != nil && record.Err == nil {
		record.Err = err
	}
	for i := range record.Events {
		if outcome.Declared {
			record.Events[i].Provenance = event.Declared
			record.Events[i].FieldProvenance = nil
		}
	}
	t.tell(Progress{Asset: asset, Step: id, Phase: Performed, Took: outcome.Took, Proven: record.Proven(), Err: record.Err})
	return record
}

// index is the asset's place in the plan; plan.Build has checked that it is there.
func (t *troupe) index(asset string) int {
	for i, one := range t.plan.Assets {
		if one.Name == asset {
			return i
		}
	}
	panic("runner: step on an asset that the plan has not")
}

// close undoes and closes every asset, also after a cancellation.
func (t *troupe) close(ctx context.Context) {
	var group errgroup.Group
	for i, stage := range t.stages {
		if stage == nil {
			continue
		}
		group.Go(func() error {
			record := &t.perf.Assets[i]
			if record.Err == nil && ctx.Err() == nil {
				undoing, cancel := context.WithTimeout(ctx, cleanUp)
				defer cancel()
				record.Undone, record.Err = stage.Undo(undoing)
			}
			if err := stage.Close(); err != nil && record.Err == nil {
				record.Err = err
			}
			t.tell(Progress{Asset: record.Name, Phase: Closed, Err: record.Err})
			return nil
		})
	}
	_ = group.Wait() // what went wrong is in the records
}
