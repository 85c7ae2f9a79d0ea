//go:build linux

package sensor

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// newThread takes in the thread or process that a thread has just made. Where the
// maker was killed meanwhile, adoptUnannounced takes it in.
func (t *tracer) newThread(maker *thread) {
	message, err := unix.PtraceGetEventMsg(maker.tid)
	flags, flagsErr := cloneFlags(maker.tid)
	if err := errors.Join(err, flagsErr); err != nil {
		t.dropOnError(maker, fmt.Errorf("read of a new thread: %w", err))
		return
	}
	tid := int(message)
	if t.threads[tid] != nil {
		return // adopted
	}
	folder := maker.folder
	if flags&unix.CLONE_FS == 0 {
		folder = t.newWorkingFolder()
	} else {
		folder.threads++
	}
	if flags&unix.CLONE_THREAD != 0 {
		t.addThread(tid, maker.process, nil, folder)
	} else {
		t.addThread(tid, nil, maker.process, folder)
	}
}

// addThread brings a thread in: one of a process that is known, or the first of a
// parent's new one.
func (t *tracer) addThread(tid int, of, parent *process, folder *workingFolder) {
	made := of == nil
	if made {
		of = &process{pid: tid, parent: parent.key, uid: parent.uid, key: t.sensor.keys.Add(1)}
	}
	t.mutex.Lock()
	t.threads[tid] = &thread{tid: tid, process: of, folder: folder, awaitsFirstStop: true}
	t.mutex.Unlock()
	if limit := t.sensor.MaxThreads; limit > 0 && len(t.threads) > limit {
		t.end(&TooManyThreadsError{limit})
	}
	if made {
		t.emit(of, event.Observation{Kind: event.Fork})
	}
	if status, ok := t.unannounced[tid]; ok {
		delete(t.unannounced, tid)
		t.handle(tid, status)
	}
}

// adoptUnannounced takes in what waits for the word of a thread that ended without giving
// it, as it was killed in the middle of a fork: nobody else would let it go on.
// (What has ended unclaimed is of no interest: it never ran an instruction.) If
// another made it after all, that one's word comes too late, and is not
// needed.
func (t *tracer) adoptUnannounced(ended *thread) {
	for tid, status := range t.unannounced {
		if !status.Stopped() {
			continue
		}
		group, parent, err := readParentage(tid)
		if err != nil {
			continue // it is gone too
		}
		t.unsureFolders = true
		if of := t.processByPID(group); of != nil {
			t.addThread(tid, of, nil, t.newWorkingFolder())
		} else if of := t.processByPID(parent); of != nil {
			t.addThread(tid, nil, of, t.newWorkingFolder())
		} else {
			t.addThread(tid, nil, ended.process, t.newWorkingFolder())
		}
	}
}

// processByPID is that of a number, nil where it is none of the tree.
func (t *tracer) processByPID(pid int) *process {
	if first := t.threads[pid]; first != nil && first.process.pid == pid {
		return first.process
	}
	return nil
}

// readParentage are the process that a thread belongs to, and that one's parent.
func readParentage(tid int) (group, parent int, err error) {
	status, err := readFile(fmt.Sprintf("/proc/%d/status", tid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "Tgid: %d", &group) // most lines are others
		_, _ = fmt.Sscanf(line, "PPid: %d", &parent)
	}
	return group, parent, nil
}

// threadEnded takes a thread out; with a process's first thread, which the kernel
// holds back till the others are gone, ends the process.
func (t *tracer) threadEnded(th *thread, status unix.WaitStatus) {
	if status.Signaled() {
		t.emitFatalSignal(th.process, status.Signal())
	}
	t.removeThread(th)
	t.finishCall(th, killed)
	th.folder.leave()
	t.adoptUnannounced(th)
	of := th.process
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
	t.emitContentsOf(of)
	t.emit(of, event.Observation{Kind: event.Exit, Code: code})
}

func (t *tracer) removeThread(th *thread) {
	t.mutex.Lock()
	delete(t.threads, th.tid)
	t.mutex.Unlock()
}

// resetAfterExec follows an exec into the thread that now is its process. The number
// that the executing thread had goes without a word; other threads' ends come.
func (t *tracer) resetAfterExec(th *thread) {
	message, err := unix.PtraceGetEventMsg(th.tid)
	if former := t.threads[int(message)]; err == nil && former != nil && former != th {
		t.finishCall(th, killed)
		t.waiting = slices.DeleteFunc(t.waiting, func(waits *thread) bool { return waits == th })
		th.call, former.call = former.call, call{}
		th.folder, former.folder = former.folder, th.folder
		former.folder.leave()
		if t.turn == former {
			t.turn = th
		}
		t.removeThread(former)
	}
	th.process.memory.close()
	t.adoptUnannounced(th) // the first thread's end, if it was another, is not reported
}
