package effect

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// everyAct gives an act of each kind that does something at a path, beside which
// a file `other` lies; on Windows also those of the registry.
func everyAct(at, other string) []Act {
	write := Write{Path: at, Content: []byte(artifact.Marker)}
	return []Act{
		write, Append{Path: at, Content: []byte(artifact.Marker)}, Copy{From: other, To: at, KeepTimes: true}, Move{From: other, To: at},
		Remove{Path: at}, Truncate{Path: at}, MakeDir{Path: at}, SetMode{Path: at, Mode: 0o640}, SymLink{Path: at, Target: "/dev/null"},
		SetTimes{Path: at, At: time.Unix(1, 0)}, Pack{Into: at, From: []string{other}}, Load{Path: other, Record: at},
		Run{Process{Image: at, Acts: []Act{write}}}, Access{Process{Image: at, Acts: []Act{write}}},
		Export{Program: "psql", Role: "billing", Table: "cdr_voice", Columns: []string{"imsi"}, Into: at},
		Connect{Port: 22}, Resolve{Name: "an.example"}, Request{Method: "GET", Path: "/", From: "192.0.2.1"},
	}
}

func everyRegistryAct() []Act {
	return []Act{
		SetValue{Key: `HKLM\SOFTWARE\Held`, Name: "Held", Value: artifact.Value{Type: "REG_SZ", Data: "x"}}, SetValue{Key: `HKLM\SOFTWARE\New\Key`, Name: "a"},
		DeleteValue{Key: `HKLM\SOFTWARE\Held`, Name: "Held"}, DeleteKey{Key: `HKLM\SOFTWARE\Held`},
		Log{Channel: "Held/Operational", Record: artifact.LogRecord{ID: 1}}, Log{Channel: "New", Record: artifact.LogRecord{ID: 1}},
	}
}

// standIn performs acts as a stand-in does, and starts whom they start.
func standIn(tree Tree) Executor {
	in := Executor{
		Tree: tree, Load: func(string) error { return nil }, Connect: func(Connection) error { return nil },
		Send:    func(Endpoint, []byte) error { return nil },
		Export:  func(Export) ([]byte, error) { return []byte("1\n"), nil },
		Request: func(Request) error { return nil },
	}
	in.Start = func(p Process) error {
		if _, err := tree.LocateFile(p.Image); err != nil {
			return err
		}
		for _, act := range p.Acts {
			if err := act.Perform(in); err != nil {
				return err
			}
		}
		return nil
	}
	in.Access = in.Start
	return in
}

func listed(t *testing.T, tree Tree) Listing {
	t.Helper()
	found, err := List(tree)
	require.NoError(t, err)
	return found
}

// Undo is registered before the effect, of whatever kind it is: what an act
// changes is among what it says it touches.
func TestWhateverAnActChangesUndoTakesBack(t *testing.T) {
	t.Parallel()
	known, changed := map[string]bool{}, map[string]bool{}
	takesBack := func(platform Platform, act Act, held ...Act) {
		t.Helper()
		tree := Tree{Root: t.TempDir(), Platform: platform}
		for _, act := range held {
			require.NoError(t, act.Perform(standIn(tree)))
		}
		known[act.Kind()] = true
		before := listed(t, tree)
		journal := NewJournal(tree)
		require.NoError(t, journal.Register(StepPlan{Processes: []Process{{Acts: []Act{act}}}}), act.Kind())
		_ = act.Perform(standIn(tree)) // what is refused half way is taken back too
		changed[act.Kind()] = changed[act.Kind()] || len(before.Differences(listed(t, tree))) > 0
		require.NoError(t, journal.Undo(), act.Kind())
		assert.Empty(t, before.Differences(listed(t, tree)), "%s: %s", act.Kind(), act)
	}
	other, there := Write{Path: "/srv/other", Content: []byte("other")}, Write{Path: "/srv/at", Content: []byte("there")}
	for _, act := range everyAct("/srv/at", "/srv/other") {
		takesBack(Linux, act, other, there)
		takesBack(Linux, act, other)
	}
	for _, act := range everyAct("/new/folders/at", "/srv/other") {
		takesBack(Linux, act, other)
	}
	for _, act := range everyRegistryAct() {
		takesBack(Windows, act, SetValue{Key: `HKLM\SOFTWARE\Held`, Name: "Held"}, Log{Channel: "Held/Operational"})
	}
	assert.Equal(t, slices.Sorted(maps.Keys(acts())), slices.Sorted(maps.Keys(known)), "every kind of act is tried")
	for kind := range acts() {
		sends := kind == "connect" || kind == "resolve" || kind == "request"
		assert.Equal(t, !sends, changed[kind], "%s changes something", kind)
	}
}

// A link made by an earlier act leads nobody out of the tree: not over it, not
// through it, and no program is run at its other end.
func TestNoActFollowsALinkOutOfTheTree(t *testing.T) {
	t.Parallel()
	for _, leads := range []string{"relative", "absolute", "dangling"} {
		outside := Tree{Root: t.TempDir(), Platform: Linux}
		require.NoError(t, os.MkdirAll(filepath.Join(outside.Root, "held/folder"), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(outside.Root, "held/file"), []byte("held"), 0o600))
		before := listed(t, outside)
		target := func(tree Tree, name string) string {
			real := filepath.Join(outside.Root, "held", name)
			if leads == "relative" {
				rel, err := filepath.Rel(filepath.Join(tree.Root, "root/srv"), real)
				require.NoError(t, err)
				return rel
			}
			if leads == "dangling" {
				return real + ".new"
			}
			return real
		}
		for _, at := range []string{"/srv/file", "/srv/folder", "/srv/folder/file", "/srv/folder/../folder/new"} {
			for i := range everyAct(at, "/srv/other") {
				tree := Tree{Root: t.TempDir(), Platform: Linux}
				in := standIn(tree)
				in.Load = func(real string) error {
					assert.NotContains(t, real, "folder/", "what is mapped lies in the tree")
					return nil
				}
				require.NoError(t, Write{Path: "/srv/other", Content: []byte("other")}.Perform(in))
				for _, name := range []string{"file", "folder"} {
					require.NoError(t, SymLink{Path: "/srv/" + name, Target: target(tree, name)}.Perform(in))
				}
				act := everyAct(at, "/srv/other")[i]
				journal := NewJournal(tree)
				registered := journal.Register(StepPlan{Processes: []Process{{Acts: []Act{act}}}})
				_ = act.Perform(in) // refused, or done in the tree
				assert.Empty(t, before.Differences(listed(t, outside)), "%s over a %s link at %s", act.Kind(), leads, at)
				if registered == nil {
					require.NoError(t, journal.Undo())
				}
				assert.Empty(t, before.Differences(listed(t, outside)), "undo of %s over a %s link at %s", act.Kind(), leads, at)
				_, _, err := readFile(tree, at)
				assert.Error(t, err, "nothing outside is read")
			}
		}
	}
}

// What is written to a history that leads to the null device is lost.
func TestTheNullDeviceMayBeWrittenTo(t *testing.T) {
	t.Parallel()
	tree := Tree{Root: t.TempDir(), Platform: Linux}
	in := standIn(tree)
	require.NoError(t, SymLink{Path: "/root/.bash_history", Target: os.DevNull}.Perform(in))
	require.NoError(t, Append{Path: "/root/.bash_history", Content: []byte("id\n")}.Perform(in))
	assert.NoError(t, LinksTo{Path: "/root/.bash_history", Target: os.DevNull}.Verify(tree))
}

func TestAConnectionLeavesTheLoopbackAtNeitherEnd(t *testing.T) {
	t.Parallel()
	local, elsewhere := "127.1.0.2", []string{"192.0.2.1", "0.0.0.0", "172.17.0.1", "255.255.255.255", "fe80::1", "2001:db8::1", "::1", "::ffff:192.0.2.1", "::ffff:127.0.0.1", "127.1", "127.0.0.01", "127.0.0.1.", "localhost"}
	in := Executor{Connect: func(c Connection) error {
		assert.True(t, c.To.IsLoopback())
		return nil
	}}
	require.NoError(t, Connect{Port: 443, To: local, From: local}.Perform(in))
	in.Connect = func(c Connection) error {
		assert.Fail(t, "the stand is asked", "%v", c)
		return nil
	}
	for _, at := range elsewhere {
		assert.Error(t, Connect{Port: 443, To: at}.Perform(in), at)
		assert.Error(t, Connect{Port: 443, To: local, From: at}.Perform(in), at)
	}
}
