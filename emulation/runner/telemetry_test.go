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

func TestAStepWhoseTelemetryIsNotWholeIsBroken(t *testing.T) {
	t.Parallel()
	some := []event.Event{{ID: "1"}}
	for _, test := range []struct {
		name          string
		events        []event.Event
		missing       error
		standInErrors []string
		want          string
	}{
		{"all that must be is there", some, nil, nil, ""},
		{"a record is missing", some, errors.New("no record"), nil, "no record"},
		{"a program started and no event", nil, nil, nil, "the step must leave telemetry by its plan, but no event was recorded"},
		{"what was refused", nil, nil, []string{"write /tmp/page: permission denied"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lab := &scriptedLab{perform: func(_ context.Context, step string) (runner.Outcome, error) {
				outcome := completeOutcome(step)
				outcome.StandInErrors = test.standInErrors
				return outcome, nil
			}}
			record, err := translated(func(plan.Asset, time.Time) []event.Event { return test.events }, test.missing, lab).Run(t.Context(), "run-1", twoSteps("mail"))
			require.NoError(t, err)
			if test.want == "" {
				assert.NoError(t, record.Steps[0].Err)
			} else {
				assert.EqualError(t, record.Steps[0].Err, test.want)
			}
		})
	}
}
