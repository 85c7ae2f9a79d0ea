package record

import (
	"context"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Operator makes an operator whose notes are written down as they come; another decides. It
// is nil if that is.
func (s *Scenario) Operator(of runner.Operator) runner.Operator {
	if of == nil {
		return nil
	}
	return recordingOperator{of, s}
}

type recordingOperator struct {
	runner.Operator
	scenario *Scenario
}

func (o recordingOperator) After(ctx context.Context, p *plan.Plan, step plan.Step, performed runner.StepRecord) (runner.Decision, error) {
	decision, err := o.Operator.After(ctx, p, step, performed)
	for _, note := range decision.Notes {
		o.scenario.add(lineNote, noteLine{step.ID, note})
	}
	if len(decision.Notes) > 0 {
		o.scenario.flush()
	}
	return decision, err
}

// operated is what was done about a step besides performing it once.
type operated struct {
	attempts  int
	takenBack *undoneLine // after the last attempt
	notes     []runner.Note
}

// perform notes another attempt: what was done after an earlier one is past.
func (o *operated) perform() {
	o.attempts++
	o.takenBack = nil
}

func (s *ScenarioRecord) operatedOf(step string) *operated {
	if s.operated[step] == nil {
		s.operated[step] = &operated{}
	}
	return s.operated[step]
}

// isOperated reports whether anything was done about steps besides performing them once.
func (s *ScenarioRecord) isOperated() bool {
	for _, o := range s.operated {
		if o.attempts > 1 || o.takenBack != nil || len(o.notes) > 0 {
			return true
		}
	}
	return false
}

// recordedOperator decides as was decided when the scenario was performed. Of a step that
// was performed several times the recording answers with the last, so that it takes back
// that one alone.
type recordedOperator struct{ s *ScenarioRecord }

func (recordedOperator) Before(context.Context, *plan.Plan, plan.Step) error { return nil }

func (o recordedOperator) After(_ context.Context, _ *plan.Plan, step plan.Step, performed runner.StepRecord) (runner.Decision, error) {
	did := o.s.operated[step.ID]
	switch {
	case did == nil:
		return runner.Decision{}, nil
	case did.takenBack != nil && performed.TakenBack == nil:
		return runner.Decision{Next: runner.TakeBack}, nil
	}
	return runner.Decision{Notes: did.notes}, nil
}
