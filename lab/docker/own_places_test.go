package docker

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// process is one of a Linux host that does something.
func process(image string, acts ...effect.Act) effect.Process {
	return effect.Process{Image: image, Args: []string{image}, Acts: acts}
}

// performLinux performs processes that nothing refuses, and returns what was observed.
func performLinux(t *testing.T, stage runner.AssetSession, step string, checks []effect.Check, all ...effect.Process) []event.Observation {
	t.Helper()
	outcome, err := stage.Perform(t.Context(), step, effect.StepPlan{Processes: all, Checks: checks})
	require.NoError(t, err, step)
	require.NoError(t, outcome.CheckComplete(), step)
	assert.Empty(t, outcome.StandInErrors, step)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%s: %+v", step, proof)
	}
	return outcome.Observations
}

func openLinux(t *testing.T, protected ...string) runner.AssetSession {
	t.Helper()
	stage, err := runner.Verified(newLab(t)).Open(t.Context(), runner.Asset{
		Name: "host", Run: testRun, Protected: protected, Place: asset.Host{Kind: asset.Kind{Name: "test", Platform: effect.Linux}, Hostname: "host"},
	})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stage.Close()) })
	return stage
}

func assertUndone(t *testing.T, stage runner.AssetSession) {
	t.Helper()
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone)
}

// Programs of a host are names of one file: what is done to one must not be done to
// another, and undo must find each as it was.
func TestDockerProgramsChangeOneByOne(t *testing.T) {
	t.Parallel()
	stage := openLinux(t)
	const one, two, three, copied = "/usr/bin/one", "/usr/bin/two", "/usr/bin/three", "/tmp/copied"
	performLinux(t, stage, "laid out", nil, process(one), process(two), process(three))

	at := time.Date(2019, 1, 2, 3, 4, 5, 0, time.UTC)
	other := []byte(artifact.Marker)
	seen := performLinux(t, stage, "changed", []effect.Check{
		effect.ModeIs{Path: one, Mode: 0o700}, effect.ContentIs{Path: two, Content: other}, effect.SameAs{Path: copied, As: one},
	}, process("/usr/bin/sh",
		effect.SetMode{Path: one, Mode: 0o700}, effect.SetTimes{Path: one, At: at}, effect.Write{Path: two, Content: other},
		effect.Copy{From: one, To: copied}, effect.Run{Process: process(copied)}, effect.Run{Process: process(three)},
	))
	started := map[string]string{}
	for _, o := range seen {
		if o.Kind == event.Exec {
			started[o.Path] = o.Digest
		}
	}
	require.Contains(t, started, copied)
	assert.Equal(t, started[three], started[copied], "a copy of a program is one")

	outcome, err := stage.Perform(t.Context(), "what it was is none any more", effect.StepPlan{Processes: []effect.Process{process("/usr/bin/sh", effect.Run{Process: process(two)})}})
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	performLinux(t, stage, "moved to another file system", []effect.Check{effect.Gone{Path: copied}},
		process("/usr/bin/mv", effect.Move{From: copied, To: "/opt/moved"}, effect.Run{Process: process("/opt/moved")}))
	assertUndone(t, stage)
	performLinux(t, stage, "as they were", nil, process(one), process(two), process(three))
	assertUndone(t, stage)
}

// What the kernel, the engine and the lab have in a container is out of an act's reach,
// whatever the host has by that name.
func TestDockerNothingOfTheContainersOwnIsInReach(t *testing.T) {
	t.Parallel()
	stage := openLinux(t)
	content := []byte(artifact.Marker)
	var acts []effect.Act
	for _, path := range []string{"/proc/sys/kernel/hostname", "/sys/kernel/uevent_helper", "/dev/null", "/ringer", "/asset/.canary/root/canary", "/service/x", "/etc/hostname"} {
		acts = append(acts, effect.Write{Path: path, Content: content})
	}
	seen := performLinux(t, stage, "written", nil, process("/usr/bin/tee", acts...))
	for _, o := range seen {
		if o.Kind == event.Create || o.Kind == event.Truncate || o.Kind == event.Write {
			assert.Contains(t, o.Path, effect.Root+"/root/", "%s is the host's alone", o.Path)
		}
	}
	assertUndone(t, stage)
}

// A protected folder refuses what is done in it, also where it is a file system.
func TestDockerAnOwnPlaceCanBeProtected(t *testing.T) {
	t.Parallel()
	stage := openLinux(t, "/etc", "/usr/bin")
	page := effect.Write{Path: "/etc/page", Content: []byte(artifact.Marker)}
	outcome, err := stage.Perform(t.Context(), "prevented", effect.StepPlan{
		Processes: []effect.Process{process("/usr/bin/tool", page)}, Checks: []effect.Check{effect.ContentIs{Path: page.Path, Content: page.Content}},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"write /etc/page: permission denied"}, outcome.StandInErrors)
	assert.False(t, outcome.Proofs[0].Proven())
	assertUndone(t, stage)
}
