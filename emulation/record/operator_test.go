package record_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
)

// busyOperator notes each step, has the first performed three times, takes the second
// back, and ends the scenario after the fourth.
type busyOperator struct{ asked map[string]int }

func (o busyOperator) Before(context.Context, *plan.Plan, plan.Step) error { return nil }

func (o busyOperator) After(_ context.Context, p *plan.Plan, step plan.Step, _ runner.StepRecord) (runner.Decision, error) {
	o.asked[step.ID]++
	decision := runner.Decision{Notes: []runner.Note{{Time: started, By: "blue", Text: step.ID}}}
	switch {
	case step.ID == p.Steps[0].ID && o.asked[step.ID] < 3:
		decision.Next = runner.Repeat
	case step.ID == p.Steps[1].ID && o.asked[step.ID] < 2:
		decision.Next = runner.TakeBack
	case step.ID == p.Steps[3].ID:
		return decision, runner.ErrEnded
	}
	return decision, nil
}

func TestAReplayOfAnOperatedRunIsJudgedAsTheRunWas(t *testing.T) {
	t.Parallel()
	l := load(t, "naikon.hcl")
	journal, err := record.Create(filepath.Join(t.TempDir(), "run"), l.head)
	require.NoError(t, err)
	part := journal.Scenario(l.plan)
	with := newRunner(part.Lab(fake.Lab{Now: newRunner(nil).Now, ClaimObserved: true}))
	with.Operator = part.Operator(busyOperator{map[string]int{}})
	run, err := with.Run(t.Context(), runID, l.plan)
	require.NoError(t, err)
	judged, err := l.judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	assert.Equal(t, 3, judged.Steps[0].Attempts)
	assert.Len(t, judged.Steps[0].Notes, 3)
	assert.NotNil(t, judged.Steps[1].TakenBack)
	assert.Empty(t, judged.Steps[1].TakenBack.Leftover, "all of it was restored")
	assert.Equal(t, runner.ErrEnded.Error(), judged.Steps[4].Skipped)
	part.Finish(run, judged)
	journal.Finish(record.Tail{})
	var file bytes.Buffer
	require.NoError(t, journal.Seal(&file, nil))

	s, err := read(t, file.Bytes()).Scenario("naikon")
	require.NoError(t, err)
	replayed, err := s.Replay(t.Context(), newRunner(nil), l.plan)
	require.NoError(t, err)
	again, err := l.judges.Conclude(t.Context(), replayed)
	require.NoError(t, err)
	assert.Equal(t, judged, again)
	assert.Equal(t, run.Events(), replayed.Events())
}
