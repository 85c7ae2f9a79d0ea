//go:build linux

package sensor

import (
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// namespaces are the flags of clone and unshare that ask for a view of the host
// that is not the sensor's: paths, processes and sockets would have other names.
const namespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC |
	unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWTIME

// refuse has a call fail with EPERM, and reports it. What needs it has a way
// without.
func (t *tracer) refuse(th *thread, name string) onEnd {
	if err := failWithEPERM(th.tid); err != nil {
		t.dropOnError(th, fmt.Errorf("refuse %s: %w", name, err))
		_ = unix.Kill(th.process.pid, unix.SIGKILL) // rather than let it go on unseen
		return nil
	}
	t.emit(th.process, event.Observation{Kind: event.Refused, Name: name})
	return nil
}

// killForeignABI ends a process that calls in another architecture's way: a program of
// that kind could not even exit if each of its calls were refused. The call is
// not made, as a thread that is about to die makes none.
func (t *tracer) killForeignABI(th *thread, info syscallInfo) {
	_ = unix.Kill(th.process.pid, unix.SIGKILL) // it may be dead already
	t.emit(th.process, event.Observation{Kind: event.Refused, Name: fmt.Sprintf("call %d of another architecture", info.number&^x32Bit)})
}

// clone refuses new namespaces, and has a process that asks not to be traced
// be traced.
func (t *tracer) clone(th *thread, flags uint64) onEnd {
	if flags&namespaces != 0 {
		return t.refuse(th, "clone")
	}
	if err := clearFirstArg(th.tid, unix.CLONE_UNTRACED); err != nil {
		t.dropOnError(th, fmt.Errorf("have clone traced: %w", err))
		return t.refuse(th, "clone")
	}
	return nil
}
