package sensor

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// signal tells what was sent to a process, or to all of a group.
func (t *tracer) signal(th *thread, to int32, number uint64) after {
	if number == 0 {
		return nil // it only asks whether there is such a process
	}
	targets := t.addressed(th, int(to))
	return func(int64) {
		for _, target := range targets {
			t.see(th.of, event.Observation{Kind: event.Signal, Target: target, Code: int(number)})
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
