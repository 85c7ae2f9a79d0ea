package runner_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

func TestAStepWhoseTelemetryIsNotWholeIsBroken(t *testing.T) {
	t.Parallel()
	some := []event.Event{{ID: "1"}}
	started := []effect.Process{{Image: "/usr/bin/id"}}
	was := effect.Process{Image: "/usr/sbin/nginx", Resident: true}
	wrote := was
	wrote.Acts = []effect.Act{effect.Write{Path: "/tmp/x"}}
	child := was
	child.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/bin/sh", Resident: true}}}
	away := effect.Process{Away: true, Acts: []effect.Act{effect.Request{}}}
	const nothing = "the step leaves telemetry by its plan, and no event came of it"
	for _, test := range []struct {
		name    string
		do      []effect.Process
		events  []event.Event
		missing error
		trouble []string
		want    string
	}{
		{"all that must be is there", started, some, nil, nil, ""},
		{"a record is missing", started, some, errors.New("no record"), nil, "no record"},
		{"a program started and no event", started, nil, nil, nil, nothing},
		{"an act of one that was running and no event", []effect.Process{wrote}, nil, nil, nil, nothing},
		{"an act from another host and no event", []effect.Process{away}, nil, nil, nil, nothing},
		{"nothing that leaves any", []effect.Process{was, child}, nil, nil, nil, ""},
		{"what was refused", []effect.Process{wrote}, nil, nil, []string{"write /tmp/x: permission denied"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lab := &script{perform: func(context.Context, string) (runner.Outcome, error) {
				outcome := whole()
				outcome.Trouble = test.trouble
				return outcome, nil
			}}
			p := twoSteps("mail")
			p.Steps[0].Effect = effect.Plan{Do: test.do}
			perf, err := translated(func(plan.Asset, time.Time) []event.Event { return test.events }, test.missing, lab).Run(t.Context(), "run-1", p)
			require.NoError(t, err)
			if test.want == "" {
				assert.NoError(t, perf.Steps[0].Err)
			} else {
				assert.EqualError(t, perf.Steps[0].Err, test.want)
			}
		})
	}
}
