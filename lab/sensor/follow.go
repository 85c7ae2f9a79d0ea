//go:build linux

package sensor

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
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
	// end has the tree killed.
	end context.CancelCauseFunc

	// turn is the thread that makes a call which no other may be in meanwhile; waiting
	// are those stopped before one, and next is the one of them that has just been
	// given the turn.
	turn, next *thread
	waiting    []*thread

	// unsureFolders is set once it is not known with whom a thread shares its working
	// folder.
	unsureFolders bool

	// mutex guards threads against the goroutine that kills; only the tracing
	// thread changes it.
	mutex   sync.Mutex
	threads map[int]*thread
	// unannounced holds threads whose stop or end came before their maker's event.
	unannounced map[int]unix.WaitStatus
	// pendingContent maps each captured file to the process that wrote to it last.
	pendingContent map[string]*process
	// bound are the paths of unix sockets, by the name that /proc gives them,
	// "socket:[4711]"; connecting are the other ends of connections that have been
	// reported and are still being made.
	bound      map[string]string
	connecting map[string]netip.AddrPort
}

func newTracer(s *Sensor, sink func(event.Observation), root int) *tracer {
	t := &tracer{
		sensor: s, sink: sink, root: root,
		threads:        map[int]*thread{},
		unannounced:    map[int]unix.WaitStatus{},
		pendingContent: map[string]*process{},
		bound:          map[string]string{},
		connecting:     map[string]netip.AddrPort{},
	}
	t.threads[root] = &thread{tid: root, process: &process{pid: root}, folder: t.newWorkingFolder()}
	return t
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
			t.enterNext()
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
	var info syscallInfo
	if err := info.read(th.tid, infoSeccomp); err != nil {
		t.dropOnError(th, err)
		t.resume(th, 0)
		return
	}
	if info.architecture != auditArch || info.number >= x32Bit {
		t.killForeignABI(th, info)
		t.resume(th, 0)
		return
	}
	if watch := watchedSyscalls().find(info.number, info.args); watch != nil {
		if watch.alone && !t.takeTurn(th) {
			return
		}
		th.call.onEnd = watch.onEntry(t, th, info.args)
	}
	if th.call.onEnd == nil {
		t.endCall(th)
		t.resume(th, 0)
		return
	}
	t.dropOnError(th, unix.PtraceSyscall(th.tid, 0)) // to stop again at its result
}

// syscallExit finishes a call that was looked at when it was entered.
func (t *tracer) syscallExit(th *thread) {
	var info syscallInfo
	switch err := info.read(th.tid, infoExit); {
	case err == nil:
		t.finishCall(th, info.result())
	case isGone(err):
		return // killed at this very stop: its end will come
	default:
		t.drop(th.process, err)
		t.endCall(th)
	}
	t.resume(th, 0)
}

// finishCall does what is to be done once a thread's call has ended.
func (t *tracer) finishCall(th *thread, result int64) {
	if onEnd := th.call.onEnd; onEnd != nil {
		onEnd(result)
	}
	t.endCall(th)
}

// endCall lets go of what was held for a call.
func (t *tracer) endCall(th *thread) {
	for _, fd := range th.call.held {
		_ = unix.Close(fd) // nothing was written to it
	}
	th.call.folder.release()
	th.call = call{held: th.call.held[:0], read: th.call.read[:0]}
	t.passTurn(th)
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
	if err != nil && !isGone(err) && !th.hasEnded() {
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
	if t.sensor.OnDrop != nil {
		t.sensor.OnDrop()
	}
	t.addDropReason(of, err)
}

func (t *tracer) addDropReason(of *process, err error) {
	if len(t.result.DropReasons) < maxDropReasons {
		t.result.DropReasons = append(t.result.DropReasons, fmt.Sprintf("sensor: process %d: %v", of.pid, err))
	}
}
