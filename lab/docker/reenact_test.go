package docker

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// nasty is text that a shell would act on, in every field that takes free text.
const nasty = "$(touch /tmp/escaped) `touch /tmp/escaped`; touch /tmp/escaped | sh\n&& \"../../../../tmp/escaped\""

func nastily(act string) map[string]any {
	line := strings.ReplaceAll(nasty, "\n", " ")
	actor := map[string]any{"image": `C:\a $(b);c\d.exe`, "command": nasty + strings.Repeat("A", 30000), "folder": `C:\x;y`, "user": line}
	texts := map[string]string{"Name": nasty, "Query": nasty, line[:40]: nasty}
	return map[string]any{
		"act": act, "process": actor, "parent": actor, "target": actor, "content": nasty,
		"file": `C:\$(touch escaped);a/../../..%2f\b.txt`, "to": `C:\$(touch escaped)` + "`" + `\c.txt`, "pipe": "$(a)|b",
		"key": `HKLM\SOFTWARE\$(a)/../..\b`, "new_key": `HKLM\SOFTWARE\$(b)`, "value": map[string]any{"data": nasty},
		"library": map[string]any{"path": `C:\$(a);b.dll`, "signature": line}, "mapped": []string{`C:\$(a);c.dll`},
		"host": "$(touch).example", "network": map[string]any{"to": map[string]any{"address": "198.51.100.7", "name": line[:60]}, "from_port": 50007},
		"record": map[string]any{"data": texts}, "wmi": map[string]any{"data": texts}, "directory": map[string]any{"data": texts},
		"task": map[string]any{"name": `\$(a);b`, "xml": nasty}, "service": map[string]any{"name": "$(a);b", "image": nasty, "display": line},
	}
}

func nastilyOnLinux(act string) map[string]any {
	line := strings.ReplaceAll(nasty, "\n", " ")
	actor := map[string]any{"image": "/a $(b);c/d", "command": nasty + strings.Repeat(" A", 3000), "folder": "/x;y", "user": line}
	return map[string]any{
		"act": act, "process": actor, "parent": actor, "target": map[string]any{"image": "/t $(b)", "command": nasty, "user": line}, "content": nasty,
		"file": "/srv/$(touch escaped);a/..%2f/b.txt", "to": "/srv/$(touch escaped)`" + `\..\c.txt`, "library": "/srv/$(a);b.so", "packed": []string{"/srv/$(a)|c.csv"},
		"host": "$(touch).example", "network": map[string]any{"to": map[string]any{"address": "198.51.100.7", "name": line[:60]}, "from_port": 50007},
		"record": map[string]any{"program": line[:60], "message": line}, "started": true,
	}
}

// Every act is really performed, proven, seen and taken back, with ordinary
// arguments and with nasty ones; all that comes of it is stand-ins and what lies
// in the asset's own tree.
func TestDockerReenactsEveryAct(t *testing.T) {
	t.Parallel()
	web, ok := scenarios.Library().Kind("web")
	require.True(t, ok)
	for name, on := range map[string]struct {
		place   asset.Host
		nastily func(act string) map[string]any
	}{
		"reenact":       {target(t).Host, nastily},
		"reenact_linux": {asset.Host{Kind: web, Hostname: web.Hostname}, nastilyOnLinux},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stage, err := runner.Verified(newLab(t)).Open(t.Context(), runner.Asset{Name: "host", Run: testRun, Place: on.place})
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, stage.Close()) })
			known, ok := scenarios.Library().Behaviour(name)
			require.True(t, ok)
			for _, act := range known.Arguments[0].OneOf {
				reenactsInside(t, stage, on.place, act+" plainly", labtest.Planned(t, known, on.place, map[string]any{"act": act}))
				reenactsInside(t, stage, on.place, act+" nastily", labtest.Planned(t, known, on.place, on.nastily(act)))
			}
		})
	}
}

func reenactsInside(t *testing.T, stage runner.AssetSession, place asset.Host, what string, plan effect.StepPlan) {
	t.Helper()
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err, what)
	require.NoError(t, outcome.CheckComplete(), what)
	assert.Empty(t, outcome.StandInErrors, what)
	assert.NotEmpty(t, outcome.Proofs, what)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%s: %+v", what, proof)
	}
	assert.NotEmpty(t, outcome.Observations, what)
	for _, seen := range outcome.Observations {
		for _, path := range []string{seen.Path, seen.To} {
			text := seen.Kind == event.Symlink && path == seen.To // which nobody follows
			_, inside := effect.AssetTree(place.Kind.Platform, nil).PlatformPath(path)
			assert.True(t, path == "" || text || inside, "%s: %s of %s", what, seen.Kind, path)
		}
		if seen.Socket != nil && seen.Socket.Remote.IsValid() {
			assert.True(t, seen.Socket.Remote.Addr().IsLoopback(), "%s: %s", what, seen.Socket.Remote)
		}
		if seen.Kind == event.Exec {
			_, isStandIn := artifact.DecodeResource(seen.Content)
			assert.True(t, isStandIn, "%s: %s is executed", what, seen.Path)
		}
		assert.NotEqual(t, event.Refused, seen.Kind, what)
	}
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err, what)
	assert.Equal(t, runner.UndoResult{}, undone, what)
}

// What one step drops the next one starts, with a version resource of its own;
// and a program may write to, map and delete its own file.
func TestDockerReenactsADroppedProgram(t *testing.T) {
	t.Parallel()
	const dropped = `C:\Users\ann\AppData\Local\Temp\drop.tmp`
	stage, err := runner.Verified(newLab(t)).Open(t.Context(), runner.Asset{Name: "host", Run: testRun, Place: target(t).Host})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stage.Close()) })
	known, ok := scenarios.Library().Behaviour("reenact")
	require.True(t, ok)
	itself := map[string]any{"image": dropped, "version": map[string]any{"original_name": "drop"}}
	for i, given := range []map[string]any{
		{"act": "create_file", "file": dropped},
		{"act": "start", "process": itself},
		{"act": "load_library", "process": itself, "library": map[string]any{"path": dropped}},
		{"act": "create_file", "process": itself, "file": strings.ToUpper(dropped)},
		{"act": "delete_file", "process": itself, "file": dropped},
	} {
		outcome, err := stage.Perform(t.Context(), reenact.ID(i), labtest.Planned(t, known, target(t).Host, given))
		require.NoError(t, err)
		assert.Empty(t, outcome.StandInErrors, given)
		for _, proof := range outcome.Proofs {
			assert.True(t, proof.Proven(), "%v: %+v", given, proof)
		}
	}
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone)
}

// target is what the shipped library re-enacts recordings on.
func target(t *testing.T) reenact.Target {
	t.Helper()
	found, err := reenact.TargetIn(scenarios.Library())
	require.NoError(t, err)
	return found
}
