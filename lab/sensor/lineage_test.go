//go:build linux && amd64

package sensor_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// start starts a test program as a child.
func start(name string, args ...string) int { return startWith([]uintptr{0, 1, 2}, name, args...) }

// startWith gives it these files.
func startWith(files []uintptr, name string, args ...string) int {
	path, err := os.Executable()
	must(err)
	pid, err := syscall.ForkExec(path, append([]string{path, word, name}, args...), &syscall.ProcAttr{
		Env: os.Environ(), Files: files, Sys: &syscall.SysProcAttr{Setsid: true},
	})
	must(err)
	return pid
}

func wait(pid int) {
	_, err := syscall.Wait4(pid, nil, 0, nil)
	must(err)
}

// familyProgram is a process that starts the next generation and leaves without
// waiting; the last writes once its parent is gone. It is given its parent's
// number, as that may have gone before it could ask.
func familyProgram(args []string) {
	switch args[0] {
	case "parent":
		start("family", "child")
	case "child":
		start("family", "grandchild", strconv.Itoa(os.Getpid()))
	case "grandchild":
		parent, err := strconv.Atoi(args[1])
		must(err)
		for os.Getppid() == parent {
			time.Sleep(time.Millisecond)
		}
		must(os.WriteFile("orphan", nil, 0o644))
		os.Exit(7)
	}
}

// lineage names processes by their order of birth, and drops what differs from
// run to run.
func lineage(all []event.Observation) []event.Observation {
	order := map[uint64]uint64{}
	var captured []event.Observation
	for _, o := range all {
		if o.Kind == event.Fork {
			order[o.Process] = uint64(len(order) + 1)
		}
		switch o.Kind {
		case event.Fork, event.Exec, event.Exit, event.Create:
			captured = append(captured, event.Observation{Kind: o.Kind, Process: order[o.Process], Parent: order[o.Parent], Code: o.Code})
		}
	}
	return captured
}

func TestADoubleForkKeepsItsParents(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	all := lineage(trace(t, new(sensor.Sensor), pendingExec(t, dir, "family", "parent")))
	by := map[uint64][]event.Observation{}
	for _, o := range all {
		by[o.Process] = append(by[o.Process], o)
	}
	assert.Equal(t, map[uint64][]event.Observation{
		1: {{Kind: event.Fork, Process: 1}, {Kind: event.Exec, Process: 1}, {Kind: event.Exit, Process: 1}},
		2: {{Kind: event.Fork, Process: 2, Parent: 1}, {Kind: event.Exec, Process: 2, Parent: 1}, {Kind: event.Exit, Process: 2, Parent: 1}},
		3: {
			{Kind: event.Fork, Process: 3, Parent: 2}, {Kind: event.Exec, Process: 3, Parent: 2},
			{Kind: event.Create, Process: 3, Parent: 2}, {Kind: event.Exit, Process: 3, Parent: 2, Code: 7},
		},
	}, by)
}

func TestAForkWithoutAnExecIsAProcess(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("there is no /bin/sh, and Go cannot fork without exec")
	}
	dir := folder(t)
	command := sensor.Command{Path: "/bin/sh", Args: []string{"sh", "-c", "(: >new; exit 3); exit 4"}, Dir: dir, Files: files(t)}
	var all []event.Observation
	result, err := new(sensor.Sensor).Trace(patient(t), command, func(o event.Observation) { all = append(all, o) })
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{Code: 4}, result)
	assert.Equal(t, []event.Observation{
		{Kind: event.Fork, Process: 1}, {Kind: event.Exec, Process: 1},
		{Kind: event.Fork, Process: 2, Parent: 1}, {Kind: event.Create, Process: 2, Parent: 1}, {Kind: event.Exit, Process: 2, Parent: 1, Code: 3},
		{Kind: event.Exit, Process: 1, Code: 4},
	}, lineage(unloaded(all)))
}

// threadsProgram has eight threads make files at once, and then one that is not
// the first execute another program.
func threadsProgram(args []string) {
	if args[0] == "after" {
		must(os.WriteFile("after", nil, 0o644))
		return
	}
	var threads sync.WaitGroup
	for i := range 8 {
		threads.Go(func() {
			runtime.LockOSThread()
			for j := range 20 {
				must(os.WriteFile(fmt.Sprintf("file-%d-%d", i, j), nil, 0o644))
			}
		})
	}
	threads.Wait()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if unix.Gettid() == unix.Getpid() {
			os.Exit(97)
		}
		path, err := os.Executable()
		must(err)
		must(unix.Exec(path, []string{path, word, "threads", "after"}, os.Environ()))
	}()
	runtime.LockOSThread() // the first thread stays where it is
	<-done
}

func TestThreadsAreTheirProcess(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	all := trace(t, new(sensor.Sensor), pendingExec(t, dir, "threads", "before"))
	counts := map[event.Kind]int{}
	for _, o := range all {
		counts[o.Kind]++
		assert.Equal(t, all[0].Process, o.Process)
		assert.Equal(t, all[0].PID, o.PID)
	}
	assert.Equal(t, map[event.Kind]int{event.Fork: 1, event.Exec: 2, event.Create: 161, event.Exit: 1}, counts)
	assert.Equal(t, []string{word, "threads", "after"}, all[len(all)-3].Argv[1:])
}

func TestASignalIsTheExitCode(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("there is no /bin/sh to kill itself")
	}
	command := sensor.Command{Path: "/bin/sh", Args: []string{"sh", "-c", "kill -TERM $$"}, Files: files(t)}
	var last event.Observation
	result, err := new(sensor.Sensor).Trace(patient(t), command, func(o event.Observation) { last = o })
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{Code: 128 + 15}, result)
	assert.Equal(t, event.Observation{Kind: event.Exit, Process: 1, PID: last.PID, UID: os.Getuid(), Code: 128 + 15}, last)
}
