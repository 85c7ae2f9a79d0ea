package docker

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// No behaviour makes such a plan. Should one ever do, the asset refuses what leads
// out of its tree, be it to the agent's own streams, and the rest goes on.
func TestDockerAPlanThatWouldLeadOutIsRefusedByTheAsset(t *testing.T) {
	t.Parallel()
	lab := runner.Verified(newLab(t))
	stage, err := lab.Open(t.Context(), runner.Asset{
		Name: "hostile", Run: testRun,
		Place: asset.Host{Kind: asset.Kind{Name: "test", Platform: effect.Linux}, Hostname: "web01"},
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stage.Close()) })

	marker := []byte(artifact.Marker)
	page := effect.Write{Path: "/tmp/page", Content: marker}
	outcome, err := stage.Perform(t.Context(), "hostile", effect.StepPlan{
		Processes: []effect.Process{{Image: "/usr/bin/tool", Args: []string{"tool", "; touch /escaped"}, Acts: []effect.Act{
			effect.SymLink{Path: "/tmp/wire", Target: "/proc/1/fd/1"}, effect.Write{Path: "/tmp/wire", Content: []byte("\x00\x00\x00\x02{}")},
			effect.SymLink{Path: "/tmp/up", Target: "../../../.canary"}, effect.Write{Path: "/tmp/up/canary", Content: marker},
			effect.SymLink{Path: "/tmp/memory", Target: "/proc/1"}, effect.Append{Path: "/tmp/memory/mem", Content: marker},
			effect.SymLink{Path: "/tmp/ringer", Target: artifact.Interpreter},
			effect.Run{Process: effect.Process{Image: "/tmp/ringer", Args: []string{"ringer", "agent"}}},
			effect.Copy{From: "/tmp/memory/environ", To: "/tmp/environ"},
			effect.Connect{Port: 80, To: "192.0.2.1"}, effect.Connect{Port: 80, From: "172.17.0.1"},
			page,
		}}},
		Checks: []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	})
	require.NoError(t, err, "the wire is as it was")
	require.NoError(t, outcome.CheckComplete())
	assert.Equal(t, []string{
		"write /tmp/wire: a link leads away from here",
		`locate "/tmp/up/canary": a link leads away from here`,
		`locate "/tmp/memory/mem": a link leads away from here`,
		`locate "/tmp/ringer": a link leads away from here`,
		`locate "/tmp/memory/environ": a link leads away from here`,
		"connect to port 80: 192.0.2.1 is not on the loopback",
		"connect to port 80: 172.17.0.1 is not on the loopback",
	}, outcome.StandInErrors)
	assert.True(t, outcome.Canary, "the canary's place is as it was")
	assert.True(t, outcome.Proofs[0].Proven(), "the rest goes on")
	assert.False(t, runner.StepRecord{Outcome: outcome}.Proven(), "the step is not what was asked for")
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone)
}
