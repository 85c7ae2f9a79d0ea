//go:build linux

package sensor

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// tracer follows one tree from one thread.
type tracer struct {
	sensor *Sensor
	sink   func(event.Observation)
	result Result
	root   int
	// execError is why the program could not be executed.
	execError unix.Errno
	started   bool

	// mutex guards threads against the goroutine that kills; only the tracing
	// thread changes it.
	mutex   sync.Mutex
	threads map[int]*thread
	// unannounced holds threads whose stop or end came before their maker's event.
	unannounced map[int]unix.WaitStatus
	// pendingContent maps each captured file to the process that wrote to it last.
	pendingContent map[string]*process
	// sockets are by the name that /proc gives them, "socket:[4711]".
	sockets map[string]*socketInfo
}

func newTracer(s *Sensor, sink func(event.Observation), root int) *tracer {
	first := &thread{tid: root, process: &process{pid: root}}
	return &tracer{
		sensor: s, sink: sink, root: root,
		threads:        map[int]*thread{root: first},
		unannounced:    map[int]unix.WaitStatus{},
		pendingContent: map[string]*process{},
		sockets:        map[string]*socketInfo{},
	}
}

// follow handles stops until no thread of the tree is left.
func (t *tracer) follow() error {
	for {
		var status unix.WaitStatus
		// __WNOTHREAD leaves the children of other threads, and with them the
		// trees of other tracers, alone.
		tid, err := unix.Wait4(-1, &status, unix.WALL|unix.WNOTHREAD, nil)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.ECHILD):
			return nil
		case err != nil:
			return fmt.Errorf("wait: %w", err)
		default:
			t.handle(tid, status)
		}
	}
}

// handle takes one thread's stop or end.
func (t *tracer) handle(tid int, status unix.WaitStatus) {
	th := t.threads[tid]
	switch {
	case th == nil:
		t.unannounced[tid] = status
	case status.Exited() || status.Signaled():
		t.threadEnded(th, status)
	case !status.Stopped():
		t.resume(th, 0)
	case status.StopSignal() == unix.SIGTRAP|0x80:
		t.syscallExit(th)
	case status.StopSignal() == unix.SIGTRAP && status.TrapCause() > 0:
		t.handleEvent(th, status.TrapCause())
	case status.StopSignal() == unix.SIGSTOP && th.awaitsFirstStop:
		th.awaitsFirstStop = false
		t.resume(th, 0)
	default:
		t.deliverSignal(th, status.StopSignal())
	}
}

// handleEvent handles what was asked for with the options.
func (t *tracer) handleEvent(th *thread, what int) {
	switch what {
	case unix.PTRACE_EVENT_SECCOMP:
		t.syscallEntry(th)
		return
	case unix.PTRACE_EVENT_FORK, unix.PTRACE_EVENT_VFORK, unix.PTRACE_EVENT_CLONE:
		t.newThread(th)
	case unix.PTRACE_EVENT_EXEC:
		t.execDone(th)
	}
	t.resume(th, 0)
}

// syscallEntry looks at a call of interest before it is made.
func (t *tracer) syscallEntry(th *thread) {
	th.onSuccess, th.pendingSignal = nil, nil
	var info syscallInfo
	if err := info.read(th.tid, infoSeccomp); err != nil {
		t.dropOnError(th, err)
	} else if info.data == foreignABI {
		t.killForeignABI(th, info)
	} else {
		th.onSuccess = watchedSyscalls()[info.data].onEntry(t, th, info.args)
	}
	if th.onSuccess == nil {
		t.resume(th, 0)
		return
	}
	t.dropOnError(th, unix.PtraceSyscall(th.tid, 0)) // to stop again at its result
}

// syscallExit finishes a call that was looked at when it was entered. A connection
// that is still being made is as good as made.
func (t *tracer) syscallExit(th *thread) {
	var info syscallInfo
	err := info.read(th.tid, infoExit)
	result, onSuccessOf := info.result(), th.onSuccess
	th.onSuccess, th.pendingSignal = nil, nil
	switch {
	case err != nil:
		t.dropOnError(th, err)
	case onSuccessOf != nil && (result >= 0 || result == -int64(unix.EINPROGRESS)):
		onSuccessOf(result)
	case !t.started:
		t.execError = unix.Errno(-result)
		_ = unix.Kill(t.root, unix.SIGKILL) // it ends one way or the other
	}
	t.resume(th, 0)
}

// deliverSignal lets a signal through. A stop by signal of a whole process comes
// here too: nobody in a tree waits for a stopped process, so it goes on.
func (t *tracer) deliverSignal(th *thread, signal unix.Signal) {
	if slices.Contains([]unix.Signal{unix.SIGSTOP, unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU}, signal) {
		signal = 0
	}
	t.resume(th, signal)
}

func (t *tracer) resume(th *thread, signal unix.Signal) {
	t.dropOnError(th, unix.PtraceCont(th.tid, int(signal)))
}

// dropOnError counts an act as dropped where the tracer itself failed. A thread can
// be killed at any stop, by another's exit or by a signal: that is no failure.
func (t *tracer) dropOnError(th *thread, err error) {
	if err != nil && !isGone(err) {
		t.drop(th.process, err)
	}
}

func isGone(err error) bool { return errors.Is(err, unix.ESRCH) }

// emit reports an act of a process.
func (t *tracer) emit(of *process, what event.Observation) {
	what.Process, what.Parent, what.PID, what.UID = of.key, of.parent, of.pid, of.uid
	t.sink(what)
}

// maxDropReasons bounds the explanations, not the count.
const maxDropReasons = 20

// drop counts an act that could not be reported.
func (t *tracer) drop(of *process, err error) {
	t.result.Dropped++
	t.addDropReason(of, err)
}

func (t *tracer) addDropReason(of *process, err error) {
	if len(t.result.DropReasons) < maxDropReasons {
		t.result.DropReasons = append(t.result.DropReasons, fmt.Sprintf("sensor: process %d: %v", of.pid, err))
	}
}
