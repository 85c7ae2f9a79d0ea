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
	// refused is why the program could not be executed.
	refused unix.Errno
	started bool

	// mutex guards threads against the goroutine that kills; only the tracing
	// thread changes it.
	mutex   sync.Mutex
	threads map[int]*thread
	// early holds threads whose stop or end came before their parent's word of
	// them.
	early map[int]unix.WaitStatus
	// unsaved maps each captured file to the process that wrote to it last.
	unsaved map[string]*process
	// sockets are by the name that /proc gives them, "socket:[4711]".
	sockets map[string]*known
}

func newTracer(s *Sensor, sink func(event.Observation), root int) *tracer {
	first := &thread{tid: root, of: &process{pid: root}}
	return &tracer{
		sensor: s, sink: sink, root: root,
		threads: map[int]*thread{root: first},
		early:   map[int]unix.WaitStatus{},
		unsaved: map[string]*process{},
		sockets: map[string]*known{},
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
		t.early[tid] = status
	case status.Exited() || status.Signaled():
		t.ended(th, status)
	case !status.Stopped():
		t.resume(th, 0)
	case status.StopSignal() == unix.SIGTRAP|0x80:
		t.leave(th)
	case status.StopSignal() == unix.SIGTRAP && status.TrapCause() > 0:
		t.event(th, status.TrapCause())
	case status.StopSignal() == unix.SIGSTOP && th.fresh:
		th.fresh = false
		t.resume(th, 0)
	default:
		t.signalled(th, status.StopSignal())
	}
}

// event handles what was asked for with the options.
func (t *tracer) event(th *thread, what int) {
	switch what {
	case unix.PTRACE_EVENT_SECCOMP:
		t.enter(th)
		return
	case unix.PTRACE_EVENT_FORK, unix.PTRACE_EVENT_VFORK, unix.PTRACE_EVENT_CLONE:
		t.born(th)
	case unix.PTRACE_EVENT_EXEC:
		t.executed(th)
	}
	t.resume(th, 0)
}

// enter looks at a call of interest before it is made.
func (t *tracer) enter(th *thread) {
	th.then, th.sending = nil, nil
	var call stop
	if err := call.at(th.tid, stopSeccomp); err != nil {
		t.check(th, err)
	} else if call.data == foreign {
		t.expel(th, call)
	} else {
		th.then = watched()[call.data].enter(t, th, call.args)
	}
	if th.then == nil {
		t.resume(th, 0)
		return
	}
	t.check(th, unix.PtraceSyscall(th.tid, 0)) // to be told of its result
}

// leave finishes a call that was looked at when it was entered. A connection
// that is still being made is as good as made.
func (t *tracer) leave(th *thread) {
	var call stop
	err := call.at(th.tid, stopExit)
	result, then := call.result(), th.then
	th.then, th.sending = nil, nil
	switch {
	case err != nil:
		t.check(th, err)
	case then != nil && (result >= 0 || result == -int64(unix.EINPROGRESS)):
		then(result)
	case !t.started:
		t.refused = unix.Errno(-result)
		_ = unix.Kill(t.root, unix.SIGKILL) // it ends one way or the other
	}
	t.resume(th, 0)
}

// signalled lets a signal through. A stop by signal of a whole process comes
// here too: nobody in a tree waits for a stopped process, so it goes on.
func (t *tracer) signalled(th *thread, signal unix.Signal) {
	if slices.Contains([]unix.Signal{unix.SIGSTOP, unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU}, signal) {
		signal = 0
	}
	t.resume(th, signal)
}

func (t *tracer) resume(th *thread, signal unix.Signal) {
	t.check(th, unix.PtraceCont(th.tid, int(signal)))
}

// check counts an act as dropped where the tracer itself failed. A thread can
// be killed at any stop, by another's exit or by a signal: that is no failure.
func (t *tracer) check(th *thread, err error) {
	if err != nil && !gone(err) {
		t.drop(th.of, err)
	}
}

func gone(err error) bool { return errors.Is(err, unix.ESRCH) }

// see tells an act of a process.
func (t *tracer) see(of *process, what event.Observation) {
	what.Process, what.Parent, what.PID, what.UID = of.key, of.parent, of.pid, of.uid
	t.sink(what)
}

// mostTrouble bounds the explanations, not the count.
const mostTrouble = 20

// drop counts an act that could not be told.
func (t *tracer) drop(of *process, err error) {
	t.result.Dropped++
	t.explain(of, err)
}

func (t *tracer) explain(of *process, err error) {
	if len(t.result.Trouble) < mostTrouble {
		t.result.Trouble = append(t.result.Trouble, fmt.Sprintf("sensor: process %d: %v", of.pid, err))
	}
}
