//go:build linux && amd64

package sensor_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// execProgram executes another program in one of the ways there are.
func execProgram(args []string) {
	argv := []string{"as typed", "", "two\nlines", strings.Repeat("x", 100<<10)}
	switch args[0] {
	case "execve":
		refusedTable(unix.Exec("./missing", argv, nil))
		must(unix.Exec("./program", argv, []string{"PATH=/nowhere", event.EnvUser + `=CARRIER\svc=backup`, event.EnvResident + "=1", "RINGER_USERS=no"}))
	case "descriptor":
		fd, err := unix.Open("program", unix.O_PATH, 0)
		must(err)
		empty := []*byte{nil}
		raw(unix.SYS_EXECVEAT, uintptr(fd), pointer(""), uintptr(unsafe.Pointer(&empty[0])), uintptr(unsafe.Pointer(&empty[0])), unix.AT_EMPTY_PATH)
	}
}

func TestAnExecIsReportedAsItWasMade(t *testing.T) {
	t.Parallel()
	script := "#!" + testBinary(t) + " " + nothing + "\n# " + strings.Repeat("y", 5000)
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(script)))
	for _, test := range []struct {
		name, way string
		argv      []string
		env       map[string]string
	}{
		{
			name: "with arguments and the kept environment, after one that failed", way: "execve",
			argv: []string{"as typed", "", "two\nlines", strings.Repeat("x", 100<<10)},
			env:  map[string]string{event.EnvUser: `CARRIER\svc=backup`, event.EnvResident: "1"},
		},
		{name: "by a descriptor, without arguments", way: "descriptor"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			path := filepath.Join(dir, "program")
			require.NoError(t, os.WriteFile(path, []byte(script), 0o755))
			all := trace(t, new(sensor.Sensor), pendingExec(t, dir, "exec", test.way))
			require.Len(t, all, 4)
			assert.Equal(t, event.Observation{
				Kind: event.Exec, Process: 1, PID: all[0].PID, UID: os.Getuid(), Path: path, Dir: dir,
				Argv: test.argv, Env: test.env, Content: []byte(script[:4096]), Digest: digest,
			}, all[2])
		})
	}
}

func TestWhatCannotBeStartedSaysWhy(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	plainFile := filepath.Join(dir, "plain")
	require.NoError(t, os.WriteFile(plainFile, nil, 0o644))
	for _, test := range []struct {
		name    string
		command sensor.Command
		want    error
	}{
		{"there is no such program", sensor.Command{Path: filepath.Join(dir, "none"), Args: []string{"none"}}, unix.ENOENT},
		{"the file may not be executed", sensor.Command{Path: plainFile, Args: []string{"plain"}}, unix.EACCES},
		{"there is no such folder", sensor.Command{Path: testBinary(t), Args: []string{"test"}, Dir: filepath.Join(dir, "none")}, unix.ENOENT},
		{"its path is too long", sensor.Command{Path: strings.Repeat("/x", 5000), Args: []string{"x"}}, unix.ENAMETOOLONG},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.command.Files = files(t)
			result, err := new(sensor.Sensor).Trace(patient(t), test.command, func(o event.Observation) { t.Errorf("seen: %+v", o) })
			skipUnsupported(t, err)
			assert.Equal(t, &sensor.StartError{Path: test.command.Path, Err: test.want}, err)
			assert.Equal(t, sensor.Result{}, result)
		})
	}
}
