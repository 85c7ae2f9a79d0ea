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

// Translate returns the events of one asset's observations. It keeps state between
// calls, so they must be made in order; at is the virtual time of the first
// observation.
type Translate func(observations []event.Observation, at time.Time) []event.Event

// TelemetryCheck returns an error that names an observation of a step without the
// events that it must have. It keeps state between calls, as [Translate] does.
type TelemetryCheck func(observations []event.Observation, events []event.Event) error

// Runner performs plans.
type Runner struct {
	Lab Lab
	// NewTranslate returns the [Translate] of one asset.
	NewTranslate func(plan.Asset) Translate
	// NewCheck returns the [TelemetryCheck] of one asset.
	NewCheck func(plan.Asset) TelemetryCheck
	// Now is the clock.
	Now func() time.Time
	// Start is the virtual time of offset 0; zero is when the run begins.
	Start time.Time
	// Observer is called with progress; it may be nil.
	Observer Observer
	// Recorded is called with the record of each baseline and step as soon as it was
	// performed, one after the other, and again where it is performed again; it may be nil, and must not change the record.
	Recorded func(StepRecord)
	// Operator decides when steps are performed; nil has each follow the one before.
	Operator Operator
	// Probed is called when the opening probe was performed, before the first step; it
	// returns when the detectors have seen it or have had their time. It may be nil.
	Probed func(ctx context.Context, probe StepRecord)
}

// cleanUpTimeout is how long undoing an asset may take.
const cleanUpTimeout = 15 * time.Second

// Run performs one plan: it opens all assets in parallel, performs baselines, then
// steps in the plan's order, and undoes. It returns [ErrNoLab], the cause of ctx or the
// error of its operator if the plan could not be performed to its end; what broke an asset is in the
// [RunRecord]. Nothing is left when it returns.
func (r Runner) Run(ctx context.Context, run string, p *plan.Plan) (*RunRecord, error) {
	started := r.Now()
	record := &RunRecord{Plan: p, Run: run, Lab: r.Lab.Name(), Start: started}
	if !r.Start.IsZero() {
		record.Start = r.Start
	}
	e := execution{Runner: r, plan: p, record: record, assets: make([]*OpenAsset, len(p.Assets))}
	err := e.openAssets(ctx)
	if err == nil {
		err = e.performPlan(ctx)
	}
	e.closeAssets(ctx)
	record.Took = r.Now().Sub(started)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("run %s: %w", p.Name, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("run %s: %w", p.Name, err)
	}
	return record, nil
}

// execution is the state of one run.
type execution struct {
	Runner
	plan   *plan.Plan
	record *RunRecord
	assets []*OpenAsset // in the order of the plan; nil if it did not open
}

func (e *execution) notify(p Progress) {
	if e.Observer != nil {
		p.Scenario = e.plan.Name
		e.Observer(p)
	}
}

// openAssets opens all assets in parallel. One that does not open breaks its own
// steps only; a missing lab breaks the run.
func (e *execution) openAssets(ctx context.Context) error {
	e.record.Assets = make([]AssetRecord, len(e.plan.Assets))
	group, ctx := errgroup.WithContext(ctx)
	for i, asset := range e.plan.Assets {
		group.Go(func() error {
			e.notify(Progress{Asset: asset.Name, Phase: Opening})
			began := e.Now()
			opened, err := e.Open(ctx, e.record.Run, asset)
			record := AssetRecord{Name: asset.Name, OpenTook: e.Now().Sub(began), Err: err}
			if err == nil {
				e.assets[i], record.IsolationChecks, record.Container = opened, opened.IsolationChecks(), opened.Container()
			}
			e.record.Assets[i] = record
			e.notify(Progress{Asset: asset.Name, Phase: Open, Took: record.OpenTook, Err: err})
			if errors.Is(err, ErrNoLab) {
				return err
			}
			return nil
		})
	}
	return group.Wait()
}

// performPlan performs the plan between its probes. It fails as the operator does.
func (e *execution) performPlan(ctx context.Context) error {
	opening, closing, probes := e.plan.Probes()
	if !probes {
		return e.performSteps(ctx)
	}
	e.probe(ctx, opening)
	if e.Probed != nil {
		e.Probed(ctx, e.record.Probes[0])
	}
	err := e.performSteps(ctx)
	if err == nil {
		e.probe(ctx, closing)
	}
	return err
}

// probe performs a probe. What it leaves is no telemetry of a step.
func (e *execution) probe(ctx context.Context, p plan.Probe) {
	record := e.performStep(ctx, p.ID, p.Asset, p.Effect, e.record.Start)
	record.Events = nil
	e.record.Probes = append(e.record.Probes, record)
}

// performSteps performs ordinary days, then steps. It fails as the operator does.
func (e *execution) performSteps(ctx context.Context) error {
	for _, baseline := range e.plan.Baselines {
		e.record.Baselines = append(e.record.Baselines, e.runStep(ctx, baseline.ID, baseline.Asset, baseline.Effect, e.record.Start))
	}
	for _, step := range e.plan.Steps {
		record, err := e.runOperated(ctx, step)
		if record.ID != "" {
			e.record.Steps = append(e.record.Steps, record)
		}
		if errors.Is(err, ErrEnded) {
			for _, left := range e.plan.Steps[len(e.record.Steps):] {
				e.record.Steps = append(e.record.Steps, StepRecord{ID: left.ID, Asset: left.Asset, Skipped: ErrEnded.Error()})
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("step %s: %w", step.ID, err)
		}
	}
	return nil
}

// runStep performs a plan on its asset, and hands on the record.
func (e *execution) runStep(ctx context.Context, id, asset string, do effect.StepPlan, at time.Time) StepRecord {
	record := e.performStep(ctx, id, asset, do, at)
	if e.Recorded != nil {
		e.Recorded(record)
	}
	return record
}

// performStep performs a plan on its asset. An asset that broke is not used again.
func (e *execution) performStep(ctx context.Context, id, asset string, do effect.StepPlan, at time.Time) StepRecord {
	i := e.assetIndex(asset)
	switch {
	case ctx.Err() != nil:
		return StepRecord{ID: id, Asset: asset, Err: context.Cause(ctx)}
	case e.record.Assets[i].Err != nil:
		return StepRecord{ID: id, Asset: asset, Err: fmt.Errorf("asset %s: %w", asset, e.record.Assets[i].Err)}
	}
	e.notify(Progress{Asset: asset, Step: id, Phase: Performing})
	step := e.assets[i].Perform(ctx, id, do, at)
	e.record.Assets[i].Err = e.assets[i].Broken()
	e.notify(Progress{Asset: asset, Step: id, Phase: Performed, Took: step.Outcome.Took, Proven: step.Proven(), Skipped: step.Skipped, Err: step.Err})
	return step
}

// assetIndex returns the asset's index in the plan; plan.Build has checked that it
// exists.
func (e *execution) assetIndex(asset string) int {
	for i, planned := range e.plan.Assets {
		if planned.Name == asset {
			return i
		}
	}
	panic("runner: step on an asset that is not in the plan")
}

// closeAssets undoes and closes every asset, also after a cancellation.
func (e *execution) closeAssets(ctx context.Context) {
	var group errgroup.Group
	for i, opened := range e.assets {
		if opened == nil {
			continue
		}
		group.Go(func() error {
			asset := &e.record.Assets[i]
			if asset.Err == nil && ctx.Err() == nil {
				undoing, cancel := context.WithTimeout(ctx, cleanUpTimeout)
				defer cancel()
				asset.Undone, asset.Err = opened.Undo(undoing)
			}
			if err := opened.Close(); err != nil && asset.Err == nil {
				asset.Err = err
			}
			e.notify(Progress{Asset: asset.Name, Phase: Closed, Err: asset.Err})
			return nil
		})
	}
	_ = group.Wait() // what went wrong is in the records
}
