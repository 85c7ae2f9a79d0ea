package sensor

import (
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// born takes in the thread or process that a thread has just made.
func (t *tracer) born(maker *thread, how int) {
	message, err := unix.PtraceGetEventMsg(maker.tid)
	if err != nil {
		t.check(maker, fmt.Errorf("read new thread's number: %w", err))
		return
	}
	child := &thread{tid: int(message), of: maker.of, fresh: true}
	if how != unix.PTRACE_EVENT_CLONE || !isThread(maker.of.pid, child.tid) {
		child.of = &process{pid: child.tid, parent: maker.of.key, uid: maker.of.uid}
	}
	t.mutex.Lock()
	t.threads[child.tid] = child
	t.mutex.Unlock()
	if child.of != maker.of {
		child.of.key = t.sensor.keys.Add(1)
		t.see(child.of, event.Observation{Kind: event.Fork})
	}
	if status, ok := t.early[child.tid]; ok {
		delete(t.early, child.tid)
		t.handle(child.tid, status)
	}
}

// isThread tells a thread from a process that was made with bare clone.
func isThread(pid, tid int) bool {
	return unix.Access(fmt.Sprintf("/proc/%d/task/%d", pid, tid), unix.F_OK) == nil
}

// ended takes a thread out; with a process's first thread, which the kernel
// holds back till the others are gone, ends the process.
func (t *tracer) ended(th *thread, status unix.WaitStatus) {
	t.forget(th)
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
		th.program = former.program
		t.forget(former)
	}
	th.then = nil
	th.of.memory.close()
}
