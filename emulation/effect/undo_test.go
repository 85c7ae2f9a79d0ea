package effect_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// asset is a tree with a few things in it, and its listing.
func asset(t *testing.T) (effect.Tree, effect.Listing) {
	t.Helper()
	tree := effect.Tree{Root: t.TempDir(), Platform: effect.Linux}
	in := effect.Executor{Tree: tree}
	for _, act := range []effect.Act{
		effect.Write{Path: "/etc/crontab", Content: []byte("daily\n"), Mode: 0o600},
		effect.Write{Path: "/var/log/auth.log", Content: []byte("one\ntwo\n")},
		effect.SetTimes{Path: "/var/log/auth.log", At: time.Unix(1_500_000_000, 0)},
		effect.SymLink{Path: "/etc/link", Target: "crontab"},
		effect.MakeDir{Path: "/srv/cdr"},
		effect.Write{Path: "/srv/cdr/1.cdr", Content: []byte("record")},
	} {
		require.NoError(t, act.Perform(in))
	}
	listed, err := effect.List(tree)
	require.NoError(t, err)
	return tree, listed
}

func TestUndoPutsEverythingBack(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		acts []effect.Act
	}{
		{"a file written where no folder was", []effect.Act{effect.Write{Path: "/opt/a/b/c.txt", Content: []byte("x")}}},
		{"a file replaced, its mode changed", []effect.Act{
			effect.Write{Path: "/etc/crontab", Content: []byte("mine")}, effect.SetMode{Path: "/etc/crontab", Mode: 0o777},
		}},
		{"a log emptied and then deleted", []effect.Act{
			effect.Truncate{Path: "/var/log/auth.log"}, effect.Remove{Path: "/var/log/auth.log"},
		}},
		{"a log added to, and dated back", []effect.Act{
			effect.Append{Path: "/var/log/auth.log", Content: []byte("three\n")},
			effect.SetTimes{Path: "/var/log/auth.log", Like: "/etc/crontab"},
		}},
		{"a file renamed over another", []effect.Act{effect.Move{From: "/etc/crontab", To: "/var/log/auth.log"}}},
		{"a link put in a file's place", []effect.Act{effect.SymLink{Path: "/etc/crontab", Target: "/dev/null"}}},
		{"a link taken away", []effect.Act{effect.Remove{Path: "/etc/link"}}},
		{"a folder emptied", []effect.Act{effect.Remove{Path: "/srv/cdr/1.cdr"}, effect.Remove{Path: "/srv/cdr"}}},
		{"a file put in the place of a folder with files", []effect.Act{
			effect.Remove{Path: "/srv/cdr/1.cdr"}, effect.Remove{Path: "/srv/cdr"}, effect.Write{Path: "/srv/cdr", Content: []byte("x")},
		}},
		{"a folder put in a file's place", []effect.Act{effect.Remove{Path: "/etc/crontab"}, effect.MakeDir{Path: "/etc/crontab/daily"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			tree, provisioned := asset(t)
			journal := effect.NewJournal(tree)
			require.NoError(t, journal.Register(effect.StepPlan{Processes: []effect.Process{{Acts: test.acts}}}))
			for _, act := range test.acts {
				require.NoError(t, act.Perform(effect.Executor{Tree: tree}))
			}
			changed, err := effect.List(tree)
			require.NoError(t, err)
			require.NotEmpty(t, provisioned.Differences(changed), "the acts must have had an effect")
			require.NoError(t, journal.Undo())
			now, err := effect.List(tree)
			require.NoError(t, err)
			assert.Empty(t, provisioned.Differences(now))
			require.NoError(t, journal.Undo(), "once is enough, twice is fine")
		})
	}
}

func TestTheNewestPlanIsTakenBackByItself(t *testing.T) {
	t.Parallel()
	tree, provisioned := asset(t)
	journal := effect.NewJournal(tree)
	perform := func(acts ...effect.Act) {
		require.NoError(t, journal.Register(effect.StepPlan{Processes: []effect.Process{{Acts: acts}}}))
		for _, act := range acts {
			require.NoError(t, act.Perform(effect.Executor{Tree: tree}))
		}
	}
	perform(effect.Write{Path: "/etc/crontab", Content: []byte("first")}, effect.Write{Path: "/opt/a.txt", Content: []byte("x")})
	first, err := effect.List(tree)
	require.NoError(t, err)
	perform(effect.Write{Path: "/etc/crontab", Content: []byte("second")}, effect.Remove{Path: "/opt/a.txt"}, effect.Remove{Path: "/etc/link"})
	left, err := journal.UndoNewest()
	require.NoError(t, err)
	assert.Empty(t, left)
	now, err := effect.List(tree)
	require.NoError(t, err)
	assert.Empty(t, first.Differences(now), "what the first plan did stays")
	left, err = journal.UndoNewest()
	require.NoError(t, err)
	assert.Empty(t, left, "it is taken back once")
	require.NoError(t, journal.Undo())
	now, err = effect.List(tree)
	require.NoError(t, err)
	assert.Empty(t, provisioned.Differences(now))
}

func TestUndoGoesOnPastWhatResists(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root is not kept from writing by a folder's mode")
	}
	tree, _ := asset(t)
	acts := []effect.Act{
		effect.Write{Path: "/opt/first.txt", Content: []byte("x")}, effect.Write{Path: "/opt/held/second.txt", Content: []byte("x")},
	}
	journal := effect.NewJournal(tree)
	for _, act := range acts {
		require.NoError(t, journal.Register(effect.StepPlan{Processes: []effect.Process{{Acts: []effect.Act{act}}}}))
		require.NoError(t, act.Perform(effect.Executor{Tree: tree}))
	}
	held := filepath.Join(tree.Root, "root/opt/held")
	require.NoError(t, os.Chmod(held, 0o555))
	defer os.Chmod(held, 0o755)
	assert.Error(t, journal.Undo())
	assert.NoFileExists(t, filepath.Join(tree.Root, "root/opt/first.txt"))
}
