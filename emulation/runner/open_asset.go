package runner

import (
	"context"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// OpenAsset is one asset while it is open. Whoever performs on an asset does so
// here: [Runner.Run], what re-enacts recordings, and what measures coverage. Its
// methods are called one after the other.
type OpenAsset struct {
	runner    Runner
	asset     plan.Asset
	session   AssetSession
	translate Translate
	check     TelemetryCheck
	broken    error
	// translated are the steps performed so far whose telemetry went through translate and
	// check, since those began.
	translated []translatedStep
}

// translatedStep is what was translated of one step.
type translatedStep struct {
	step         string
	at           time.Time
	observations []event.Observation
}

// Open opens one asset of a run. It fails as [Lab.Open] does, with [ErrNoLab] if
// there is no lab.
func (r Runner) Open(ctx context.Context, run string, asset plan.Asset) (*OpenAsset, error) {
	session, err := Verified(r.Lab).Open(ctx, Asset{Name: asset.Name, Run: run, Place: asset.Place, Protected: asset.Protected})
	if err != nil {
		return nil, err
	}
	return &OpenAsset{runner: r, asset: asset, session: session, translate: r.NewTranslate(asset), check: r.NewCheck(asset)}, nil
}

// IsolationChecks lists how the asset was tested before it was opened.
func (o *OpenAsset) IsolationChecks() []IsolationCheck { return o.session.IsolationChecks() }

// Container is the id of the asset's container; empty where the lab made none.
func (o *OpenAsset) Container() string { return containerOf(o.session) }

// Broken is what broke the asset, so that nothing can be performed on it any more;
// nil if nothing did.
func (o *OpenAsset) Broken() error { return o.broken }

// Perform performs one plan and records what it showed. at is the virtual time of
// its first event. The record's Err says why its telemetry cannot be relied on, or
// what broke the asset.
func (o *OpenAsset) Perform(ctx context.Context, step string, do effect.StepPlan, at time.Time) StepRecord {
	record := StepRecord{ID: step, Asset: o.asset.Name}
	began := o.runner.Now()
	outcome, err := o.session.Perform(ctx, step, do)
	switch {
	case err != nil:
		record.Err, o.broken = err, err
		return record
	case outcome.Skipped != "":
		record.Skipped = outcome.Skipped
		return record
	}
	record.Began, record.Ended = began, o.runner.Now()
	record.Outcome, record.Err = outcome, outcome.CheckComplete()
	record.Events = o.translate(outcome.Observations, at)
	o.translated = append(o.translated, translatedStep{step, at, outcome.Observations})
	if err := checkTelemetry(o.check, do, record); record.Err == nil {
		record.Err = err
	}
	if outcome.Declared {
		markDeclared(record.Events)
	}
	return record
}

// markDeclared marks events as declared: they are of a lab in which nothing happens.
func markDeclared(events []event.Event) {
	for i := range events {
		events[i].Provenance, events[i].FieldProvenance = event.Declared, nil
	}
}

// Undo takes back all that was performed. Telemetry starts anew after it, as on an
// asset just opened. It fails as [AssetSession] does.
func (o *OpenAsset) Undo(ctx context.Context) (UndoResult, error) {
	o.translate, o.check, o.translated = o.runner.NewTranslate(o.asset), o.runner.NewCheck(o.asset), nil
	return o.session.Undo(ctx)
}

// UndoNewest takes back the step performed last. Its telemetry stays what it was. It fails
// as [AssetSession] does; the asset is then broken.
func (o *OpenAsset) UndoNewest(ctx context.Context) (UndoResult, error) {
	undone, err := o.session.UndoNewest(ctx)
	if err != nil {
		o.broken = err
	}
	return undone, err
}

// forget has telemetry go on as if the step performed last had not been: it was taken back,
// and is performed again. Whoever replays a recording, which has a step once, numbers its
// events alike.
func (o *OpenAsset) forget(step string) {
	if n := len(o.translated); n > 0 && o.translated[n-1].step == step {
		o.translated = o.translated[:n-1]
	}
	o.translate, o.check = o.runner.NewTranslate(o.asset), o.runner.NewCheck(o.asset)
	for _, earlier := range o.translated {
		_ = o.check(earlier.observations, o.translate(earlier.observations, earlier.at)) // it was told of when the step was performed
	}
}

// Close ends the asset and leaves nothing behind, also after cancellation. It fails
// if something is left.
func (o *OpenAsset) Close() error { return o.session.Close() }
