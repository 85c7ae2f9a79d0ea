package docker

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

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
		"sys/kernel/random/boot_id": "11111111-2222-4333-8444-555555555555\n", "42/stat": stat("S"), "43/stat": stat("Z"), "44/stat": "cut sho",
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	require.NoError(t, os.MkdirAll(filepath.Join(root, "self/ns"), 0o755))
	require.NoError(t, os.Symlink("pid:[1]", filepath.Join(root, "self/ns/pid")))
	return processes{root: root, noSuchProcess: func(pid int) bool { return pid == 41 }}
}

const boot = "11111111-2222-4333-8444-555555555555"

func TestARunnersLife(t *testing.T) {
	t.Parallel()
	known := procFS(t)
	self := known.self(42)
	require.Equal(t, owner{boot: boot, space: "pid:[1]", pid: 42, start: "777"}, self)
	cases := []struct {
		name  string
		owner owner
		want  liveness
	}{
		{"alive when pid and start time are those of a process", self, alive},
		{"dead when nobody has the pid", owner{boot, "pid:[1]", 41, "777"}, dead},
		{"dead when someone else has the pid now", owner{boot, "pid:[1]", 42, "776"}, dead},
		{"dead when only its zombie is left", owner{boot, "pid:[1]", 43, "777"}, dead},
		{"unknown when its status cannot be read", owner{boot, "pid:[1]", 44, "777"}, unknown},
		{"unknown when the proc file system hides it", owner{boot, "pid:[1]", 45, "777"}, unknown},
		{"unknown when it does not say when it was started", owner{boot, "pid:[1]", 41, ""}, unknown},
		{"unknown on another machine, or before a restart", owner{"other", "pid:[1]", 41, "777"}, unknown},
		{"unknown in a container that counts processes of its own", owner{boot, "pid:[2]", 41, "777"}, unknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, known.liveness(c.owner, self))
		})
	}
	t.Run("unknown where there is no proc file system", func(t *testing.T) {
		t.Parallel()
		none := processes{root: t.TempDir(), noSuchProcess: noSuchProcess}
		assert.Equal(t, unknown, none.liveness(self, none.self(42)))
	})
}

func TestAnOwnerIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	written := owner{boot, "pid:[1]", 42, "777"}
	again, ok := parseOwner(written.String())
	assert.True(t, ok)
	assert.Equal(t, written, again)
	for _, label := range []string{
		"", "42", boot + "/pid:[1]/x/777", boot + "/pid:[1]/042/777", boot + "/pid:[1]/-1/777", boot + "/net:[1]/42/777",
		"b00t/pid:[1]/42/777", boot + "/pid:[1]/42/777/1", boot + "/pid:[1]/42/777\n", boot + "/pid:[1]/99999999999999999999/777",
	} {
		_, ok := parseOwner(label)
		assert.False(t, ok, label)
	}
}

func TestRunnersThatAreWatchedOver(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for pid, line := range map[string]string{
		"7": "/usr/bin/ringer\x00watchdog\x000123456789abcdef\x00", "8": "/usr/bin/ringer\x00run\x00naikon\x00",
		"9": "/usr/bin/other\x00watchdog\x00closet\x00", "10": "",
	} {
		require.NoError(t, os.MkdirAll(filepath.Join(root, pid), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, pid, "cmdline"), []byte(line), 0o644))
	}
	assert.Equal(t, map[string]bool{"0123456789abcdef": true}, processes{root: root}.watched())
}

func TestNoProcessIsOneThatTheKernelDoesNotHave(t *testing.T) {
	t.Parallel()
	assert.False(t, noSuchProcess(os.Getpid()))
	if runtime.GOOS != "windows" {
		assert.False(t, noSuchProcess(1), "it may not be ours to signal, but is there")
	}
	assert.True(t, noSuchProcess(1<<30))
}
