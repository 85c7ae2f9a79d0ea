package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
)

func TestAPlanLeavesTelemetryWhereItHasAnythingDone(t *testing.T) {
	t.Parallel()
	was := effect.Process{Image: "/usr/sbin/nginx", Resident: true}
	wrote, child := was, was
	wrote.Acts = []effect.Act{effect.Write{Path: "/tmp/x"}}
	child.Acts = []effect.Act{effect.Run{Process: effect.Process{Image: "/bin/sh", Resident: true}}}
	for name, test := range map[string]struct {
		process effect.Process
		want    bool
	}{
		"a program started":            {effect.Process{Image: "/usr/bin/id"}, true},
		"an act of one that was":       {wrote, true},
		"an act from another host":     {effect.Process{Remote: true, Acts: []effect.Act{effect.Request{}}}, true},
		"only what was running before": {was, false},
		"also as another's child":      {child, false},
	} {
		assert.Equal(t, test.want, leavesTelemetry(effect.StepPlan{Processes: []effect.Process{test.process}}), name)
	}
}
