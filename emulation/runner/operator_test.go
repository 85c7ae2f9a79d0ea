package runner_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// scriptedOperator decides as a test says, in order, and writes down what it was asked.
type scriptedOperator struct {
	lab       *scriptedLab
	before    error
	decisions []runner.Decision
	errors    []error
	told      []runner.StepRecord
}

func (o *scriptedOperator) Before(_ context.Context, _ *plan.Plan, step plan.Step) error {
	o.lab.record("before %s", step.ID)
	return o.before
}

func (o *scriptedOperator) After(_ context.Context, _ *plan.Plan, _ plan.Step, performed runner.StepRecord) (decision runner.Decision, err error) {
	o.told = append(o.told, performed)
	if len(o.decisions) > 0 {
		decision, o.decisions = o.decisions[0], o.decisions[1:]
	}
	if len(o.errors) > 0 && len(o.decisions) == 0 {
		err = o.errors[0]
	}
	return decision, err
}

// counting numbers the events of an asset, from 1, as translations do.
func counting(lab runner.Lab, operator runner.Operator) runner.Runner {
	with := translated(nil, nil, lab)
	with.NewTranslate = func(a plan.Asset) runner.Translate {
		n := 0
		return func(_ []event.Observation, at time.Time) []event.Event {
			n++
			return []event.Event{{ID: a.Name + "-" + string(rune('0'+n)), Time: at, Provenance: event.Translated}}
		}
	}
	with.Operator = operator
	return with
}

func TestAnOperatorHasAStepTakenBackAndPerformedAgain(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{}
	operator := &scriptedOperator{lab: lab, decisions: []runner.Decision{
		{Next: runner.TakeBack, Notes: []runner.Note{{By: "blue", Text: "seen"}}}, {Next: runner.Repeat}, {Notes: []runner.Note{{Text: "seen again"}}},
	}}
	record, err := counting(lab, operator).Run(t.Context(), "run-1", twoSteps("mail"))
	require.NoError(t, err)
	assert.Equal(t, []string{
		"open mail", "perform mail_day on mail", "before mail_step", "perform mail_step on mail", "undo newest on mail", "perform mail_step on mail", "undo mail", "close mail",
	}, lab.calls, "what was taken back is not taken back twice")
	step := record.Steps[0]
	assert.Equal(t, 2, step.Attempts)
	assert.Nil(t, step.TakenBack, "the second time it was not")
	assert.Equal(t, []runner.Note{{By: "blue", Text: "seen"}, {Text: "seen again"}}, step.Notes)
	assert.Equal(t, "mail-2", step.Events[0].ID, "events are numbered as if it had been performed once")
	require.Len(t, operator.told, 3)
	assert.Equal(t, []string{"/tmp/left"}, operator.told[1].TakenBack.Leftover)
}

func TestAnOperatorEndsAScenarioBeforeItsLastStep(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		operator  scriptedOperator
		performed int
	}{
		"before a step": {scriptedOperator{before: runner.ErrEnded}, 0},
		"after a step":  {scriptedOperator{errors: []error{runner.ErrEnded}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lab := &scriptedLab{}
			operator := test.operator
			operator.lab = lab
			record, err := counting(lab, &operator).Run(t.Context(), "run-1", twoSteps("mail", "web"))
			require.NoError(t, err)
			require.Len(t, record.Steps, 2)
			for i, step := range record.Steps {
				assert.Equal(t, i >= test.performed, step.Skipped == runner.ErrEnded.Error(), step.ID)
			}
			assert.Contains(t, lab.calls, "undo web")
		})
	}
}

func TestWhatAnOperatorBreaksLeavesNoRecord(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{}
	record, err := counting(lab, &scriptedOperator{lab: lab, before: errors.New("no terminal")}).Run(t.Context(), "run-1", twoSteps("mail"))
	assert.Nil(t, record)
	assert.EqualError(t, err, "run test: step mail_step: no terminal")
	assert.Contains(t, lab.calls, "close mail")
}

func TestAStepThatCannotBeTakenBackBreaksItsAsset(t *testing.T) {
	t.Parallel()
	lab := &scriptedLab{undoNewest: errors.New("lost the connection")}
	operator := &scriptedOperator{lab: lab, decisions: []runner.Decision{{Next: runner.Repeat}}}
	record, err := counting(lab, operator).Run(t.Context(), "run-1", twoSteps("mail"))
	require.NoError(t, err)
	assert.EqualError(t, record.Steps[0].Err, "lost the connection")
	assert.EqualError(t, record.Assets[0].Err, "lost the connection")
	assert.NotContains(t, lab.calls, "undo mail", "it is closed, but not asked any more")
}
