package behaviour_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// hostile are texts that would do something if anything took them for more than
// text.
var hostile = []string{
	"$(touch /tmp/escaped)", "`touch /tmp/escaped`", "; touch /tmp/escaped", "| sh", "&& touch /tmp/escaped", "${HOME}", "%TEMP%\\x",
	"a\nb", "a\r\nb", "a\x00b", "\xff\xfe", "-rf", "~", "#!/bin/sh\ntouch /tmp/escaped", "#!/ringer agent\n",
	strings.Repeat("A", 128<<10), strings.Repeat("A", 300), `C:\` + strings.Repeat(`a\`, 600) + "b",
	"/tmp/escaped", artifact.PasswdFile, "../../../../tmp/escaped", `..\..\..\..\tmp\escaped`, "C:/../../tmp/escaped",
	`C:\..\..\..\tmp\escaped`, `C:\a\..\..\..\..\tmp\escaped`, `C:\a/../../../../tmp/escaped`, `C:\..`, `C:\.`, `C:\`, `C:`,
	`\\host\..\..\..\tmp\escaped`, `\\?\C:\..\..\..\tmp\escaped`, `\\.\pipe\..\..\..\tmp\escaped`, `\Device\..\..\..\tmp\escaped`,
	`HKLM\..\..\..\tmp\escaped`, `HKLM\a\..\..\..\..\b`, "HKLM", `HKLM\`, `\REGISTRY\..\..\..\tmp\escaped`, `\`, `\\`, `\\.\pipe\`, "System",
	`\..\..\tmp\escaped`, "Security/../../../escaped", "..", "a/../../b",
}

// hostileArguments gives the arguments of reenact with one text in one field:
// every field, also those of objects and the names and texts of maps.
func hostileArguments(arguments []behaviour.Argument, text string) []map[string]any {
	var all []map[string]any
	for _, arg := range arguments {
		switch arg.Type {
		case "string":
			all = append(all, map[string]any{arg.Name: text})
		case "list(string)":
			all = append(all, map[string]any{arg.Name: []string{text}})
		case "map(string)":
			all = append(all, map[string]any{arg.Name: map[string]string{"a": text}}, map[string]any{arg.Name: map[string]string{text: "a"}})
		case "object":
			for _, inner := range hostileArguments(arg.Arguments, text) {
				all = append(all, map[string]any{arg.Name: inner})
			}
		}
	}
	return all
}

// Whatever text is in whatever field: it is refused, or everything that the act
// makes lies in the asset's own tree, and the text is an argument of a stand-in
// that ignores it, a name or a content. No shell is there to get it.
func TestNoTextOfAReenactmentLeavesTheAsset(t *testing.T) {
	t.Parallel()
	reenact, ok := scenarios.Library().Behaviour("reenact")
	require.True(t, ok)
	kind, ok := scenarios.Library().Kind("audited_host")
	require.True(t, ok)
	place := asset.Host{Kind: kind, Hostname: kind.Hostname}
	usual := map[string]string{}
	for _, act := range reenact.Arguments[0].OneOf {
		usual[act] = planText(t, labtest.Planned(t, reenact, place, map[string]any{"act": act}))
	}
	outside := t.TempDir()
	refused, performed := 0, 0
	for i, text := range hostile {
		if testing.Short() && i%8 != 0 {
			continue
		}
		for _, given := range hostileArguments(reenact.Arguments, text) {
			for act, plain := range usual {
				given["act"] = act
				plan, problems := reenact.Plan(place, given)
				if problems.HasErrors() {
					refused++
					continue
				}
				if planText(t, plan) == plain {
					continue // the act does not look at the field
				}
				staysInside(t, outside, plan, given)
				performed++
			}
			delete(given, "act")
		}
	}
	assert.Greater(t, refused, 200)
	assert.Greater(t, performed, 200)
}

func planText(t *testing.T, plan effect.StepPlan) string {
	t.Helper()
	text, err := json.Marshal(plan)
	require.NoError(t, err)
	return string(text)
}

// staysInside performs a plan on a real file system, in a folder beside which
// nothing may come or go.
func staysInside(t *testing.T, outside string, plan effect.StepPlan, given any) {
	t.Helper()
	tree := effect.Tree{Root: filepath.Join(outside, "asset"), Platform: effect.Windows}
	require.NoError(t, os.Mkdir(tree.Root, 0o755))
	inside := func(real string) {
		assert.True(t, strings.HasPrefix(real, tree.Root+"/"), "%.200v: %s", given, real)
	}
	stand := effect.Executor{
		Tree: tree,
		Load: func(real string) error { inside(real); return nil },
		Connect: func(c effect.Connection) error {
			assert.True(t, c.To.IsLoopback())
			assert.True(t, c.From == effect.Endpoint{} || c.From.IsLoopback())
			return nil
		},
		Send: func(to effect.Endpoint, _ []byte) error { assert.True(t, to.IsLoopback()); return nil },
	}
	stand.Start = func(p effect.Process) error {
		real, err := tree.Locate(p.Image)
		if err != nil {
			return err
		}
		inside(real)
		assert.Len(t, p.Args, 1, "a command line is one text, that nothing splits")
		for _, act := range p.Acts {
			_ = act.Perform(stand) // what the file system refuses is no escape
		}
		return nil
	}
	stand.Access = stand.Start
	journal := effect.NewJournal(tree)
	if journal.Register(plan) == nil && effect.ApplyPreconditions(tree, plan.Preconditions) == nil {
		for _, root := range plan.Processes {
			_ = stand.Start(root) // likewise
		}
	}
	require.NoError(t, filepath.WalkDir(outside, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != outside && path != tree.Root {
			inside(path)
			assert.Zero(t, entry.Type()&^fs.ModeDir, "%.200v: %s is no plain file", given, path)
		}
		return err
	}))
	require.NoError(t, journal.Undo())
	require.NoError(t, os.RemoveAll(tree.Root))
}
