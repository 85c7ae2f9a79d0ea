package sensor

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// sending is a signal on its way: the call that sends it has not returned.
type sending struct {
	signal unix.Signal
	// targets are the keys of the processes that are still to be told as sent
	// to.
	targets []uint64
}

// signal tells what was sent to a process, or to all of a group.
func (t *tracer) signal(th *thread, to int32, number uint64) after {
	if number == 0 {
		return nil // it only asks whether there is such a process
	}
	on := &sending{signal: unix.Signal(number), targets: t.addressed(th, int(to))}
	th.sending = on
	return func(int64) {
		for _, target := range on.targets {
			t.sent(th, target, on.signal)
		}
	}
}

func (t *tracer) sent(th *thread, target uint64, signal unix.Signal) {
	t.see(th.of, event.Observation{Kind: event.Signal, Target: target, Code: int(signal)})
}

// felled tells of the signal that a process died by before its end is told:
// the kernel may report that end before the call that sent it returns, and if
// the sender dies of the same signal, that call never does.
func (t *tracer) felled(of *process, signal unix.Signal) {
	for _, th := range t.threads {
		if th.sending == nil || th.sending.signal != signal {
			continue
		}
		if i := slices.Index(th.sending.targets, of.key); i >= 0 {
			th.sending.targets = slices.Delete(th.sending.targets, i, i+1)
			t.sent(th, of.key, signal)
		}
	}
}

// addressed gives the keys of the processes that a number stands for, in the
// way of kill; a lone 0 is one that is not of the tree.
func (t *tracer) addressed(th *thread, to int) []uint64 {
	var keys []uint64
	group := -to
	if to == 0 {
		group, _ = unix.Getpgid(th.of.pid) // the thread is stopped, so it is there
	}
	for tid, one := range t.threads {
		if tid != one.of.pid {
			continue
		}
		meant := tid == to
		switch {
		case to == -1:
			meant = one.of != th.of
		case to <= 0:
			of, err := unix.Getpgid(tid)
			meant = err == nil && of == group
		}
		if meant {
			keys = append(keys, one.of.key)
		}
	}
	if len(keys) == 0 {
		return []uint64{0}
	}
	slices.Sort(keys)
	return keys
}

// signalThread tells what was sent to a thread of another process. To its own,
// it is how a runtime speaks with itself.
func (t *tracer) signalThread(th *thread, to int32, number uint64) after {
	target := t.threads[int(to)]
	switch {
	case target == nil:
		return t.signal(th, to, number)
	case target.of == th.of:
		return nil
	}
	return t.signal(th, int32(target.of.pid), number)
}

// signalFile tells what was sent to a process by descriptor.
func (t *tracer) signalFile(th *thread, fd int32, number uint64) after {
	info, err := os.ReadFile(th.proc("fdinfo/") + fmt.Sprint(fd))
	if err != nil {
		return t.unreadable(th, err)
	}
	_, rest, found := bytes.Cut(info, []byte("\nPid:"))
	var pid int32
	if _, err := fmt.Sscan(string(rest), &pid); !found || err != nil {
		return t.unreadable(th, fmt.Errorf("read whom descriptor %d stands for: %w", fd, err))
	}
	return t.signal(th, pid, number)
}
