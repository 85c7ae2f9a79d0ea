package sensor

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// born takes in the thread or process that a thread has just made. Where the
// maker was killed meanwhile, adopt will.
func (t *tracer) born(maker *thread) {
	message, err := unix.PtraceGetEventMsg(maker.tid)
	thread, flagsErr := makesThread(maker.tid)
	if err := errors.Join(err, flagsErr); err != nil {
		t.check(maker, fmt.Errorf("read of a new thread: %w", err))
		return
	}
	tid := int(message)
	switch {
	case t.threads[tid] != nil: // adopted
	case thread:
		t.take(tid, maker.of, nil)
	default:
		t.take(tid, nil, maker.of)
	}
}

// take brings a thread in: one of a process that is known, or the first of a
// parent's new one.
func (t *tracer) take(tid int, of, parent *process) {
	made := of == nil
	if made {
		of = &process{pid: tid, parent: parent.key, uid: parent.uid, key: t.sensor.keys.Add(1)}
	}
	t.mutex.Lock()
	t.threads[tid] = &thread{tid: tid, of: of, fresh: true}
	t.mutex.Unlock()
	if made {
		t.see(of, event.Observation{Kind: event.Fork})
	}
	if status, ok := t.early[tid]; ok {
		delete(t.early, tid)
		t.handle(tid, status)
	}
}

// adopt takes in what waits for the word of a thread that ended without giving
// it, as it was killed in the middle of a fork: nobody else would let it go on.
// (What has ended unclaimed is of no interest: it never ran an instruction.) If
// another made it after all, that one's word comes too late, and is not
// needed.
func (t *tracer) adopt(ended *thread) {
	for tid, status := range t.early {
		if !status.Stopped() {
			continue
		}
		group, parent, err := relatives(tid)
		if err != nil {
			continue // it is gone too
		}
		if of := t.process(group); of != nil {
			t.take(tid, of, nil)
		} else if of := t.process(parent); of != nil {
			t.take(tid, nil, of)
		} else {
			t.take(tid, nil, ended.of)
		}
	}
}

// process is that of a number, nil where it is none of the tree.
func (t *tracer) process(pid int) *process {
	if first := t.threads[pid]; first != nil && first.of.pid == pid {
		return first.of
	}
	return nil
}

// relatives are the process that a thread belongs to, and that one's parent.
func relatives(tid int) (group, parent int, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", tid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "Tgid: %d", &group) // most lines are others
		_, _ = fmt.Sscanf(line, "PPid: %d", &parent)
	}
	return group, parent, nil
}

// ended takes a thread out; with a process's first thread, which the kernel
// holds back till the others are gone, ends the process.
func (t *tracer) ended(th *thread, status unix.WaitStatus) {
	if status.Signaled() {
		t.felled(th.of, status.Signal())
	}
	t.forget(th)
	th.program.discard()
	t.adopt(th)
	of := th.of
	if th.tid != of.pid {
		return
	}
	of.memory.close()
	code := status.ExitStatus()
	if status.Signaled() {
		code = 128 + int(status.Signal())
	}
	if th.tid == t.root {
		t.result.Code = code
	}
	if of.key == 0 {
		return // it never came to run the command
	}
	t.saveAll(of)
	t.see(of, event.Observation{Kind: event.Exit, Code: code})
}

func (t *tracer) forget(th *thread) {
	t.mutex.Lock()
	delete(t.threads, th.tid)
	t.mutex.Unlock()
}

// replaced follows an exec into the thread that now is its process. The number
// that the executing thread had goes without a word; other threads' ends come.
func (t *tracer) replaced(th *thread) {
	message, err := unix.PtraceGetEventMsg(th.tid)
	if former := t.threads[int(message)]; err == nil && former != nil && former != th {
		th.program.discard()
		th.program = former.program
		t.forget(former)
	}
	th.then, th.sending = nil, nil
	th.of.memory.close()
	t.adopt(th) // the first thread's end, if it was another, is not told
}
