package docker

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// procFS is a proc file system with two processes: 42 runs, 43 is a zombie.
func procFS(t *testing.T) processes {
	t.Helper()
	root := t.TempDir()
	stat := func(state string) string {
		return "42 (odd) name) " + state + " 1 42 42 " + strings.Repeat("0 ", 15) + "777 0 0"
	}
	for name, text := range map[string]string{
		"sys/kernel/random/boot_id": "b00t\n", "42/stat": stat("S"), "43/stat": stat("Z"), "44/stat": "cut sho",
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	require.NoError(t, os.MkdirAll(filepath.Join(root, "self/ns"), 0o755))
	require.NoError(t, os.Symlink("pid:[1]", filepath.Join(root, "self/ns/pid")))
	return processes{root}
}

func TestARunnersLife(t *testing.T) {
	t.Parallel()
	known := procFS(t)
	self := known.self(42)
	require.Equal(t, owner{boot: "b00t", space: "pid:[1]", pid: 42, start: "777"}, self)
	cases := []struct {
		name  string
		owner owner
		want  life
	}{
		{"alive when pid and start time are those of a process", self, alive},
		{"dead when nobody has the pid", owner{"b00t", "pid:[1]", 41, "777"}, dead},
		{"dead when someone else has the pid now", owner{"b00t", "pid:[1]", 42, "776"}, dead},
		{"dead when only its zombie is left", owner{"b00t", "pid:[1]", 43, "777"}, dead},
		{"dead when its status cannot be read", owner{"b00t", "pid:[1]", 44, "777"}, dead},
		{"unknown on another machine, or before a restart", owner{"other", "pid:[1]", 41, "777"}, unknown},
		{"unknown in a container that counts processes of its own", owner{"b00t", "pid:[2]", 41, "777"}, unknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, known.life(c.owner, self))
		})
	}
	t.Run("unknown where there is no proc file system", func(t *testing.T) {
		t.Parallel()
		none := processes{t.TempDir()}
		assert.Equal(t, unknown, none.life(self, none.self(42)))
	})
}

func TestAnOwnerIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	one := owner{"b00t", "pid:[1]", 42, "777"}
	again, ok := parseOwner(one.String())
	assert.True(t, ok)
	assert.Equal(t, one, again)
	for _, label := range []string{"", "42", "b00t/pid:[1]/x/777", "/pid:[1]/42/777", "b00t/pid:[1]/42/", "a/b/1/2/3"} {
		_, ok := parseOwner(label)
		assert.False(t, ok, label)
	}
}

func TestWhatASweepRemoves(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	young, old := now.Add(-time.Minute), now.Add(-time.Hour)
	cases := []struct {
		name   string
		runner life
		what   leftover
		want   bool
	}{
		{"never what a living runner has", alive, leftover{started: false, created: old}, false},
		{"what a dead runner had, even if it still runs", dead, leftover{started: true, created: young}, true},
		{"what a dead runner had created only", dead, leftover{created: young}, true},
		{"not what runs for someone unknown: it ends itself", unknown, leftover{started: true, created: old}, false},
		{"not what someone unknown has just created", unknown, leftover{created: young}, false},
		{"what someone unknown created long ago and never started", unknown, leftover{created: old}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, abandoned(c.runner, c.what, now))
		})
	}
}
