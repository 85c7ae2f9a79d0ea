//go:build linux && amd64

package sensor_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
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

const (
	workers = 8
	each    = 250
	// flood makes 100,000 events: each file is made and deleted.
	flood = 100_000 / workers / 2
)

// manyProgram starts workers that make, rename and delete files all at once;
// with "flood" they do so often, and rename none.
func manyProgram(args []string) {
	if len(args) == 1 {
		var pids []int
		for i := range workers {
			pids = append(pids, start("many", args[0], strconv.Itoa(i)))
		}
		for _, pid := range pids {
			wait(pid)
		}
		return
	}
	if args[0] == "flood" {
		for i := range flood {
			name := fmt.Sprintf("%s-%d", args[1], i)
			closing(unix.Open(name, unix.O_WRONLY|unix.O_CREAT|unix.O_CLOEXEC, 0o644))
			must(unix.Unlink(name))
		}
		return
	}
	for i := range each {
		name := fmt.Sprintf("%s-%d", args[1], i)
		put(name, "x")
		must(os.Rename(name, name+"-renamed"))
		must(os.Remove(name + "-renamed"))
	}
}

func TestNothingIsLostOfAHundredThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, and -short is set")
	}
	dir := folder(t)
	seen := map[string]event.Kind{}
	total := 0
	result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, dir, "many", "flood"), func(o event.Observation) {
		if o.Kind != event.Create && o.Kind != event.Unlink {
			return
		}
		total++
		if o.Kind == event.Unlink && seen[o.Path] != event.Create {
			t.Errorf("%s is deleted before it is made", o.Path)
		}
		seen[o.Path] = o.Kind
	})
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{}, result)
	assert.Equal(t, 100_000, total)
	assert.Len(t, seen, 50_000)
}

func TestNothingIsLostOfManyAtOnce(t *testing.T) {
	t.Parallel()
	var s sensor.Sensor
	var traces sync.WaitGroup
	for range 2 { // two trees of one sensor
		dir := folder(t)
		traces.Go(func() {
			all := trace(t, &s, pendingExec(t, dir, "many", "renaming"))
			got := map[string][]event.Observation{}
			for _, o := range plain(scratchOffset(dir, all)) {
				var worker, file int
				_, err := fmt.Sscanf(o.Path, "%d-%d", &worker, &file)
				assert.NoError(t, err)
				id := fmt.Sprintf("%d-%d", worker, file)
				got[id] = append(got[id], o)
			}
			assert.Len(t, got, workers*each)
			for id, acts := range got {
				assert.Equal(t, []event.Observation{
					seeMode(event.Create, id, 0o644), seeTo(event.Rename, id, id+"-renamed"), see(event.Unlink, id+"-renamed"),
				}, acts)
			}
		})
	}
	traces.Wait()
}

const (
	// killed is how many processes are killed while they fork.
	killed = 300
	// ready is the descriptor on which they say that they do.
	ready = 3
)

// slaughterProgram starts processes that do nothing but fork, and kills each at
// some moment. They say through a pipe that they do: of a file that is made in
// the moment of its maker's end, nobody is left to ask where it is.
func slaughterProgram(args []string) {
	if len(args) == 1 {
		_, err := unix.Write(ready, []byte{0})
		must(err)
		for {
			pid := fork(unix.SYS_FORK, 0, pointer("made"))
			_, err := unix.Wait4(pid, nil, unix.WALL, nil)
			must(err)
		}
	}
	var pipe [2]int
	must(unix.Pipe(pipe[:]))
	for i := range killed {
		pid := startWith([]uintptr{0, 1, 2, uintptr(pipe[1])}, "slaughter", "fork")
		_, err := unix.Read(pipe[0], make([]byte, 1))
		must(err)
		time.Sleep(time.Duration(i%17) * 50 * time.Microsecond)
		must(unix.Kill(pid, unix.SIGKILL))
		wait(pid)
	}
}

func TestProcessesKilledInTheMiddleOfAForkHoldNothingUp(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds, and -short is set")
	}
	born, ended := map[uint64]bool{}, map[uint64]bool{}
	result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, folder(t), "slaughter"), func(o event.Observation) {
		switch o.Kind {
		case event.Fork:
			born[o.Process] = true
		case event.Exit:
			ended[o.Process] = true
		}
	})
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{}, result)
	assert.Equal(t, born, ended)
	assert.Greater(t, len(born), killed)
}

// A thread that has started a process of its own is not taken to trace, as the tracer
// would wait for that in its starter's place.
func TestProcessesThatAreNotTracedAreLeftToTheirStarters(t *testing.T) {
	t.Parallel()
	var starters sync.WaitGroup
	for range 4 {
		starters.Go(func() {
			for range 10 {
				own := exec.CommandContext(t.Context(), testBinary(t), nothing)
				if !assert.NoError(t, own.Start()) {
					return
				}
				_, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, t.TempDir(), "filtered"), func(event.Observation) {})
				assert.NoError(t, own.Wait())
				if err != nil {
					return // nothing can be traced here
				}
			}
		})
	}
	starters.Wait()
}

func TestKeysAreUniqueOverASensorsLife(t *testing.T) {
	t.Parallel()
	var s sensor.Sensor
	seen := map[uint64]bool{}
	for range 3 {
		for _, o := range trace(t, &s, pendingExec(t, folder(t), "family", "parent")) {
			if o.Kind == event.Fork {
				assert.False(t, seen[o.Process], "key %d again", o.Process)
				seen[o.Process] = true
			}
		}
	}
	assert.Len(t, seen, 9)
}

// hangProgram never ends by itself, nor by being asked to; nor does its child,
// which belongs to another session.
func hangProgram(args []string) {
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	if len(args) == 0 {
		start("hang", "child")
	} else {
		put("hanging", strconv.Itoa(os.Getpid()))
	}
	time.Sleep(time.Hour)
}

func TestTheWholeTreeEndsWithItsContext(t *testing.T) {
	t.Parallel()
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	var pids []int
	var hanging time.Time
	_, err := new(sensor.Sensor).Trace(ctx, pendingExec(t, folder(t), "hang"), func(o event.Observation) {
		switch o.Kind {
		case event.Fork:
			pids = append(pids, o.PID)
		case event.Create:
			hanging = time.Now()
			cancel(stop)
		}
	})
	skipUnsupported(t, err)
	require.ErrorIs(t, err, stop)
	assert.Less(t, time.Since(hanging), 5*time.Second)
	require.Len(t, pids, 2)
	for _, pid := range pids {
		assert.True(t, over(pid), "process %d", pid)
	}
}

// over says whether a process has ended. Whoever takes in orphans may not have
// done so yet: then it is there still, but as a name only.
func over(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(status), ") Z ")
}

func TestNothingStartsOnceTheContextIsDone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := new(sensor.Sensor).Trace(ctx, pendingExec(t, folder(t), "hang"), func(o event.Observation) {
		assert.NotEqual(t, event.Create, o.Kind)
	})
	skipUnsupported(t, err)
	require.ErrorIs(t, err, context.Canceled)
}
