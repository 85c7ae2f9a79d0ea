//go:build linux && amd64

package sensor_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// nothing, as the first argument, makes the test binary a program that does
// nothing.
const nothing = "sensor-test-nothing"

// word, as the first argument, makes the test binary one of the programs below.
const word = "sensor-test-program"

// programs are what is traced, in a folder of their own.
func programs() map[string]func(args []string) {
	return map[string]func(args []string){
		"call":      callProgram,
		"times":     timesProgram,
		"family":    familyProgram,
		"threads":   threadsProgram,
		"exec":      execProgram,
		"write":     writeProgram,
		"attribute": attributeProgram,
		"slaughter": slaughterProgram,
		"many":      manyProgram,
		"hang":      hangProgram,
		"busy":      busyProgram,
		"converse":  converseProgram,
		"act":       actProgram,

		"race":       raceProgram,
		"dying":      dyingProgram,
		"deceive":    deceiveProgram,
		"unreadable": unreadableProgram,
		"filtered":   filteredProgram,
	}
}

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == nothing {
		return
	}
	if len(os.Args) > 2 && os.Args[1] == script {
		runScript(os.Args[2:])
		return
	}
	if len(os.Args) > 2 && os.Args[1] == word {
		programs()[os.Args[2]](os.Args[3:])
		return
	}
	os.Exit(m.Run())
}

// absent is how a test program ends that makes a call which is not there.
const absent = 77

// must ends a test program that could not do what it was to do.
func must(err error) {
	if errors.Is(err, unix.ENOSYS) {
		os.Exit(absent)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(99)
	}
}

func testBinary(t testing.TB) string {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	return path
}

// pendingExec is a command that runs one of the test binary's programs in a folder.
func pendingExec(t testing.TB, dir, name string, args ...string) sensor.Command {
	t.Helper()
	path := testBinary(t)
	return sensor.Command{
		Path: path, Args: append([]string{path, word, name}, args...), Dir: dir,
		// The race detector would have each program sleep a second at its end.
		Env:   []string{"GOMAXPROCS=2", "GORACE=atexit_sleep_ms=0"},
		Files: files(t),
	}
}

func files(t testing.TB) [3]*os.File {
	t.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	require.NoError(t, err)
	t.Cleanup(func() { null.Close() })
	return [3]*os.File{null, null, os.Stderr}
}

// folder is a temporary one, by its real name.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	return dir
}

// trace runs a command to its end, which must be good, and gives what was seen
// but for what a dynamic loader maps.
func trace(t testing.TB, s *sensor.Sensor, command sensor.Command) []event.Observation {
	t.Helper()
	return unloaded(traceAll(t, s, command))
}

func unloaded(all []event.Observation) []event.Observation {
	return slices.DeleteFunc(all, func(o event.Observation) bool { return o.Kind == event.Map })
}

func traceAll(t testing.TB, s *sensor.Sensor, command sensor.Command) []event.Observation {
	t.Helper()
	var all []event.Observation
	result, err := s.Trace(patient(t), command, func(o event.Observation) { all = append(all, o) })
	skipUnsupported(t, err)
	require.NoError(t, err)
	if result.Code == absent {
		t.Skip("this kernel, or the profile that this test runs under, has no such call")
	}
	require.Equal(t, sensor.Result{}, result)
	return all
}

// patient ends what hangs: a test that waits for a tree fails rather than wait
// with it.
func patient(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func skipUnsupported(t testing.TB, err error) {
	t.Helper()
	if err != nil && (strings.Contains(err.Error(), sensor.ErrUnsupported.Error()) || strings.Contains(err.Error(), "set trace options: operation not permitted")) {
		t.Skipf("nothing can be traced here: %v", err)
	}
}

// scratchOffset keeps what lies in a folder, and names it relative to that.
func scratchOffset(dir string, all []event.Observation) []event.Observation {
	var captured []event.Observation
	for _, o := range all {
		if !strings.HasPrefix(o.Path, dir+"/") {
			continue
		}
		o.Path, o.To = relative(dir, o.Path), relative(dir, o.To)
		captured = append(captured, o)
	}
	return captured
}

func relative(dir, path string) string { return strings.TrimPrefix(path, dir+"/") }

// plain keeps nothing but what happened and where.
func plain(all []event.Observation) []event.Observation {
	var captured []event.Observation
	for _, o := range all {
		captured = append(captured, event.Observation{Kind: o.Kind, Path: o.Path, To: o.To, Mode: o.Mode, Owner: o.Owner})
	}
	return captured
}

// provision lays out files; a name that ends in a slash is a folder.
func provision(t testing.TB, dir string, there map[string]string) {
	t.Helper()
	for name, content := range there {
		path := filepath.Join(dir, name)
		if strings.HasSuffix(name, "/") {
			require.NoError(t, os.MkdirAll(path, 0o755))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	}
}
