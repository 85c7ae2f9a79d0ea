package effect

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// outside are paths that name no place of an asset.
var outside = map[Platform][]string{
	Linux:   {"/../escaped", "/srv/../../escaped", "/srv/a/../../../../escaped", "escaped", "../escaped", "/srv/\x00escaped"},
	Windows: {`C:\..\escaped`, `C:\a\..\..\..\escaped`, `\\host\..\..\escaped`, `\\.\pipe\..\..\escaped`, `\Device\..\..\escaped`, `HKLM\..\..\escaped`, "/escaped", "escaped", "C:\\\x00escaped"},
}

// everyCheck gives a check of each kind that looks at a path.
func everyCheck(at string) []Check {
	return []Check{
		ContentIs{Path: at}, EndsWith{Path: at}, Gone{Path: at}, Empty{Path: at}, SameAs{Path: at, As: at}, TimesLike{Path: at, At: time.Unix(1, 0)},
		ModeIs{Path: at, Mode: 0o644}, LinksTo{Path: at, Target: "/x"}, ValueIs{Key: at, Name: "x"}, Packs{Pieces: []string{at}, From: []string{at}}, Exported{Path: at, Least: 1},
	}
}

// A plan that no language let through is refused by whoever performs it: its undo is not
// registered, what it gives is not laid out, and its acts and checks fail.
func TestWhatLeadsOutOfTheTreeIsRefusedByEveryActAndCheck(t *testing.T) {
	t.Parallel()
	tried, looked := map[string]bool{}, map[string]bool{}
	for on, paths := range outside {
		for _, at := range paths {
			around := Tree{Root: t.TempDir(), Platform: on}
			tree := Tree{Root: filepath.Join(around.Root, "asset"), Platform: on}
			require.NoError(t, os.Mkdir(tree.Root, 0o755))
			other := map[Platform]string{Linux: "/srv/other", Windows: `C:\other`}[on]
			require.NoError(t, Write{Path: other, Content: []byte(artifact.Marker)}.Perform(standIn(tree)))
			before := listed(t, around)

			acts := append(everyAct(at, other), Copy{From: at, To: other}, Move{From: at, To: other}, Pack{Into: other, From: []string{at}}, Load{Path: at, Record: other}, SetTimes{Path: other, Like: at})
			acts = append(acts, SetValue{Key: at, Name: "x"}, DeleteValue{Key: at, Name: "x"}, DeleteKey{Key: at})
			for _, act := range acts {
				switch act.(type) {
				case Connect, Resolve, Request:
					continue // they name no place
				}
				tried[act.Kind()] = true
				require.Error(t, act.Perform(standIn(tree)), "%s at %q", act.Kind(), at)
				plan := StepPlan{Processes: []Process{{Acts: []Act{act}}}}
				for _, path := range plan.Touches() {
					if CheckPath(on, path) != nil {
						require.Error(t, NewJournal(tree).Register(plan), "%s at %q", act.Kind(), at)
					}
				}
			}
			for _, check := range everyCheck(at) {
				looked[check.Kind()] = true
				require.Error(t, check.Verify(tree), "%s at %q", check.Kind(), at)
			}
			for _, given := range []Precondition{{Path: at}, {Path: at, Folder: true}, {Path: at, Absent: true}, {Path: at, Append: true}} {
				require.Error(t, ApplyPreconditions(tree, []Precondition{given}), "%+v", given)
			}
			assert.Contains(t, []string{tree.Root + "/root", tree.Root + "/c"}, tree.WorkingFolder(at), "a program works in the root of the platform instead")
			assert.Empty(t, before.Differences(listed(t, around)), "%q", at)
		}
	}
	for kind := range acts() {
		named := kind != "connect" && kind != "resolve" && kind != "request" && kind != "log"
		assert.Equal(t, named, tried[kind], kind)
	}
	assert.Len(t, looked, len(checks()))
}

// A log is named by its channel, of which no part leads anywhere.
func TestAChannelIsTheNameOfAFile(t *testing.T) {
	t.Parallel()
	for _, channel := range []string{"../../../../escaped", `..\..\..\..\..\..\escaped`, "a/../../b", ""} {
		around := t.TempDir()
		tree := Tree{Root: filepath.Join(around, "asset"), Platform: Windows}
		require.NoError(t, os.Mkdir(tree.Root, 0o755))
		_ = Log{Channel: channel}.Perform(standIn(tree)) // refused, or done in the tree
		entries, err := os.ReadDir(around)
		require.NoError(t, err)
		assert.Len(t, entries, 1, channel)
	}
}
