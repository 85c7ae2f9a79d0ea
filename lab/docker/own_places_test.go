package docker

import (
	"maps"
	"slices"
	"strings"
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

// The file systems of a Linux asset are compared and looked at as that of any asset is.
func TestDockerALoosenedPlaceIsNoticed(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	imageID, err := lab.image(t.Context(), "")
	require.NoError(t, err)
	of := runner.Asset{Name: "host", Run: testRun, Place: asset.Host{Kind: asset.Kind{Name: "test", Platform: effect.Linux}, Hostname: "host"}}
	for _, test := range []struct {
		loosen func(all map[string]string)
		engine string
		agent  []string
	}{
		{func(all map[string]string) { all["/etc"] = strings.ReplaceAll(all["/etc"], "nosuid", "suid") },
			"HostConfig.Tmpfs./etc is", []string{"find a mount that an asset does not have"}},
		{func(all map[string]string) {
			all["/usr"] = strings.ReplaceAll(all["/usr"], "nr_inodes=32768", "nr_inodes=65536")
		},
			"HostConfig.Tmpfs./usr is", []string{"make more files than its limit"}},
		{func(all map[string]string) { all["/data"] = inMemory("0755") },
			"HostConfig.Tmpfs./data is",
			[]string{"find a mount that an asset does not have", "write to any other place where something is mounted"}},
	} {
		asked, err := lab.settings(imageID, of)
		require.NoError(t, err)
		loose := asked
		loose.host.Tmpfs = maps.Clone(asked.host.Tmpfs)
		test.loosen(loose.host.Tmpfs)
		s, err := lab.start(t.Context(), loose)
		require.NoError(t, err)
		s.asked = asked
		assert.ErrorContains(t, s.makeReady(t.Context(), of), test.engine)
		assert.Error(t, s.provision(t.Context(), of), test.engine)
		for _, attempt := range s.attempts {
			assert.Equal(t, !slices.Contains(test.agent, attempt.Attempt), attempt.Refused, "%s: %s", attempt.Attempt, attempt.Response)
		}
		assert.NoError(t, s.Close())
	}
}
