package runner_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

func TestTelemetryBeginsAnewAfterUndo(t *testing.T) {
	t.Parallel()
	begun := 0
	lab := &scriptedLab{}
	in := translated(nil, nil, lab)
	in.NewTranslate = func(plan.Asset) runner.Translate {
		begun++
		number := uint64(begun)
		return func(_ []event.Observation, at time.Time) []event.Event {
			return []event.Event{{ID: "event", Time: at, Lineage: event.Lineage{Seen: []uint64{number}}}}
		}
	}
	opened, err := in.Open(t.Context(), "run-1", twoSteps("mail").Assets[0])
	require.NoError(t, err)
	before := opened.Perform(t.Context(), "one", wanted, start)
	require.NoError(t, before.Err)
	_, err = opened.Undo(t.Context())
	require.NoError(t, err)
	after := opened.Perform(t.Context(), "two", wanted, start.Add(time.Hour))
	require.NoError(t, after.Err)
	require.NoError(t, opened.Close())
	assert.NoError(t, opened.Broken())
	assert.Equal(t, []uint64{1}, before.Events[0].Lineage.Seen)
	assert.Equal(t, []uint64{2}, after.Events[0].Lineage.Seen)
	assert.Equal(t, start.Add(time.Hour), after.Events[0].Time)
	assert.Equal(t, []string{"open mail", "perform one on mail", "undo mail", "perform two on mail", "close mail"}, lab.calls)
}
