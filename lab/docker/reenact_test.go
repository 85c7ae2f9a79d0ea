package docker

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/reenact"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// nasty is text that a shell would act on, in every field that takes free text.
const nasty = "$(touch /tmp/escaped) `touch /tmp/escaped`; touch /tmp/escaped | sh\n&& \"../../../../tmp/escaped\""

func nastily(act string) map[string]any {
	one := strings.ReplaceAll(nasty, "\n", " ")
	actor := map[string]any{"image": `C:\a $(b);c\d.exe`, "command": nasty + strings.Repeat("A", 30000), "folder": `C:\x;y`, "user": one}
	texts := map[string]string{"Name": nasty, "Query": nasty, one[:40]: nasty}
	return map[string]any{
		"act": act, "process": actor, "parent": actor, "target": actor, "content": nasty,
		"file": `C:\$(touch escaped);a/../../..%2f\b.txt`, "to": `C:\$(touch escaped)` + "`" + `\c.txt`, "pipe": "$(a)|b",
		"key": `HKLM\SOFTWARE\$(a)/../..\b`, "new_key": `HKLM\SOFTWARE\$(b)`, "value": map[string]any{"data": nasty},
		"library": map[string]any{"path": `C:\$(a);b.dll`, "signature": one}, "mapped": []string{`C:\$(a);c.dll`},
		"host": "$(touch).example", "record": map[string]any{"data": texts}, "wmi": map[string]any{"data": texts},
		"task": map[string]any{"name": `\$(a);b`, "xml": nasty}, "service": map[string]any{"name": "$(a);b", "image": nasty, "display": one},
	}
}

// Every act is really performed, proven, seen and taken back, with ordinary
// arguments and with nasty ones; all that comes of it is stand-ins and what lies
// in the asset's own tree.
func TestDockerReenactsEveryAct(t *testing.T) {
	t.Parallel()
	stage, err := newLab(t).Open(t.Context(), runner.Asset{Name: "host", Run: "test", Place: reenact.Place()})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stage.Close()) })
	known, ok := behaviour.Find("reenact")
	require.True(t, ok)
	for _, act := range known.Arguments[0].OneOf {
		for how, given := range map[string]map[string]any{"plainly": {"act": act}, "nastily": nastily(act)} {
			what := act + " " + how
			planner, err := known.With(given)
			require.NoError(t, err, what)
			outcome, err := stage.Perform(t.Context(), "step", planner.Plan(reenact.Place()))
			require.NoError(t, err, what)
			require.NoError(t, outcome.Complete(), what)
			assert.Empty(t, outcome.Trouble, what)
			assert.NotEmpty(t, outcome.Proofs, what)
			for _, proof := range outcome.Proofs {
				assert.True(t, proof.Proven(), "%s: %+v", what, proof)
			}
			assert.NotEmpty(t, outcome.Observations, what)
			for _, seen := range outcome.Observations {
				for _, path := range []string{seen.Path, seen.To} {
					assert.True(t, path == "" || strings.HasPrefix(path, effect.Root+"/"), "%s: %s of %s", what, seen.Kind, path)
				}
				if seen.Kind == event.Exec {
					_, isStandIn := effect.ReadResource(seen.Content)
					assert.True(t, isStandIn, "%s: %s is executed", what, seen.Path)
				}
				assert.NotEqual(t, event.Refused, seen.Kind, what)
			}
			undone, err := stage.Undo(t.Context())
			require.NoError(t, err, what)
			assert.Equal(t, runner.Undone{}, undone, what)
		}
	}
}
