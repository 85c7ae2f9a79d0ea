package runner

import (
	"context"
	"errors"
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
)

// Operator decides when each step is performed, and whether it is taken back or performed
// again. Its methods are called one after the other for one plan.
type Operator interface {
	// Before returns when the step is to be performed. With [ErrEnded] it and the steps
	// after it are skipped. Any other error ends the run: what was begun is undone, and the
	// run has no record.
	Before(ctx context.Context, p *plan.Plan, step plan.Step) error
	// After returns what is to be done now that the step was performed, or taken back. It
	// is asked again until it says [GoOn]. Its errors are as those of Before.
	After(ctx context.Context, p *plan.Plan, step plan.Step, performed StepRecord) (Decision, error)
}

// ErrEnded is what an operator returns to end a scenario before its last step.
var ErrEnded = errors.New("the scenario was ended before it")

// Decision is what an operator wants after a step.
type Decision struct {
	Next Next
	// Notes are what was noted of the step meanwhile.
	Notes []Note
}

// Next is what is done after a step.
type Next int

// What can be done: go on with the next step, take the step back, or perform it again, taken
// back first.
const (
	GoOn Next = iota
	TakeBack
	Repeat
)

// Note is what a person noted of a step: what was seen of it, where, and when.
type Note struct {
	// Time is when it was noted.
	Time time.Time `json:"time"`
	// By is who saw it, With the tool that showed it, Seen when it was seen, as it was said;
	// each may be empty.
	By   string `json:"by,omitempty"`
	With string `json:"with,omitempty"`
	Seen string `json:"seen,omitempty"`
	Text string `json:"text,omitempty"`
}

// runOperated performs a step when its operator says so. The record is empty if it was not
// performed. It fails as the operator does.
func (e *execution) runOperated(ctx context.Context, step plan.Step) (StepRecord, error) {
	if e.Operator == nil {
		return e.runStep(ctx, step.ID, step.Asset, step.Effect, e.record.Start.Add(step.At)), nil
	}
	if err := e.Operator.Before(ctx, e.plan, step); err != nil {
		return StepRecord{}, err
	}
	return e.operate(ctx, step, e.runStep(ctx, step.ID, step.Asset, step.Effect, e.record.Start.Add(step.At)))
}

// operate has the operator decide about a step that was performed. It fails as
// [Operator.After] does.
func (e *execution) operate(ctx context.Context, step plan.Step, record StepRecord) (StepRecord, error) {
	i := e.assetIndex(step.Asset)
	for {
		decision, err := e.Operator.After(ctx, e.plan, step, record)
		record.Notes = append(record.Notes, decision.Notes...)
		if err != nil || decision.Next == GoOn || e.record.Assets[i].Err != nil || record.Skipped != "" {
			return record, err
		}
		if record.TakenBack == nil {
			undone, err := e.assets[i].UndoNewest(ctx)
			if err != nil {
				record.Err, e.record.Assets[i].Err = err, err
				continue
			}
			record.TakenBack = &undone
		}
		if decision.Next == Repeat {
			e.assets[i].forget(step.ID)
			again := e.runStep(ctx, step.ID, step.Asset, step.Effect, e.record.Start.Add(step.At))
			again.Notes, again.Attempts = record.Notes, max(record.Attempts, 1)+1
			record = again
		}
	}
}
