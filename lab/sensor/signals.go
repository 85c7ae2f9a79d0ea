//go:build linux

package sensor

import (
	"bytes"
	"fmt"
	"slices"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// pendingSignal is a signal on its way: the call that sends it has not returned.
type pendingSignal struct {
	signal unix.Signal
	// targets are the keys of the processes that are still to be reported as sent
	// to.
	targets []uint64
}

// signal reports what was sent to a process, or to all of a group.
func (t *tracer) signal(th *thread, to int32, number uint64) onEnd {
	if number == 0 {
		return nil // it only asks whether there is such a process
	}
	on := &pendingSignal{signal: unix.Signal(number), targets: t.signalTargets(th, int(to))}
	th.call.signal = on
	return func(result int64) {
		if result < 0 && result != killed {
			return
		}
		for _, target := range on.targets {
			t.emitSignal(th, target, on.signal)
		}
	}
}

func (t *tracer) emitSignal(th *thread, target uint64, signal unix.Signal) {
	t.emit(th.process, event.Observation{Kind: event.Signal, Target: target, Code: int(signal)})
}

// emitFatalSignal reports the signal that a process died by before its end is reported:
// the kernel may report that end before the call that sent it returns, and if
// the sender dies of the same signal, that call never does.
func (t *tracer) emitFatalSignal(of *process, signal unix.Signal) {
	for _, th := range t.threads {
		on := th.call.signal
		if on == nil || on.signal != signal {
			continue
		}
		if i := slices.Index(on.targets, of.key); i >= 0 {
			on.targets = slices.Delete(on.targets, i, i+1)
			t.emitSignal(th, of.key, signal)
		}
	}
}

// signalTargets gives the keys of the processes that a number stands for, in the
// way of kill; a lone 0 is one that is not of the tree.
func (t *tracer) signalTargets(th *thread, to int) []uint64 {
	var keys []uint64
	group := -to
	if to == 0 {
		group, _ = unix.Getpgid(th.process.pid) // the thread is stopped, so it is there
	}
	for tid, thread := range t.threads {
		if tid != thread.process.pid {
			continue
		}
		meant := tid == to
		switch {
		case to == -1:
			meant = thread.process != th.process
		case to <= 0:
			of, err := unix.Getpgid(tid)
			meant = err == nil && of == group
		}
		if meant {
			keys = append(keys, thread.process.key)
		}
	}
	if len(keys) == 0 {
		return []uint64{0}
	}
	slices.Sort(keys)
	return keys
}

// signalThread reports what was sent to a thread of another process. To its own,
// it is how a runtime speaks with itself.
func (t *tracer) signalThread(th *thread, to int32, number uint64) onEnd {
	target := t.threads[int(to)]
	switch {
	case target == nil:
		return t.signal(th, to, number)
	case target.process == th.process:
		return nil
	}
	return t.signal(th, int32(target.process.pid), number)
}

// signalPidfd reports what was sent to a process by descriptor: one of its own kind, or
// of its folder in /proc.
func (t *tracer) signalPidfd(th *thread, fd int32, number, flags uint64) onEnd {
	pid, err := th.pidfdTarget(fd)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	if flags&pidfdSignalGroup != 0 {
		return t.signal(th, -pid, number)
	}
	return t.signalThread(th, pid, number)
}

// pidfdSignalGroup is PIDFD_SIGNAL_PROCESS_GROUP.
const pidfdSignalGroup = 1 << 2

// pidfdTarget is whom a descriptor stands for.
func (th *thread) pidfdTarget(fd int32) (pid int32, err error) {
	info, err := readFile(th.procPath("fdinfo/") + fmt.Sprint(fd))
	if err != nil {
		return 0, err
	}
	if _, rest, found := bytes.Cut(info, []byte("\nPid:")); found {
		_, err = fmt.Sscan(string(rest), &pid)
		return pid, err
	}
	folder, err := readlink(th.procFD(int64(fd)))
	if err != nil {
		return 0, err
	}
	if _, err := fmt.Sscanf(folder, "/proc/%d", &pid); err != nil {
		return 0, fmt.Errorf("read whom descriptor %d stands for: %w", fd, err)
	}
	return pid, nil
}
