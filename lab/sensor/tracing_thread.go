//go:build linux

package sensor

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// onLockedThread runs f to its end on a thread of its own. The kernel ties a tracee to
// the thread that traces it; pinned to one processor as that is, it is not given
// back, but ends with the goroutine. The process's first thread is left alone:
// it cannot end, and orphans of the tree may become its children. A thread that has
// children is left alone too: the tracer waits for whoever is its thread's, and
// whoever started them would wait in vain.
func onLockedThread(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if unix.Gettid() == unix.Getpid() || hasChildren() {
			onLockedThread(f) // locked meanwhile, this thread cannot be taken again
			runtime.UnlockOSThread()
			return
		}
		f()
	}()
	<-done
}

// hasChildren reports whether the calling thread has started processes that have not
// been waited for. A kernel that does not say so is taken to have none.
func hasChildren() bool {
	children, err := readFile(fmt.Sprintf("/proc/self/task/%d/children", unix.Gettid()))
	return err == nil && len(children) > 0
}

// pinToCPU keeps the calling thread, and the children it will have, on the processor
// it runs on: a stop is then a switch from tracee to tracer on one processor
// and wakes no other, which more than halves its cost.
func pinToCPU() error {
	cpu, err := currentCPU()
	if err != nil {
		return fmt.Errorf("find processor: %w", err)
	}
	var set unix.CPUSet
	set.Set(cpu)
	if err := unix.SchedSetaffinity(0, &set); err != nil {
		return fmt.Errorf("pin to processor %d: %w", cpu, err)
	}
	return nil
}

// saNoCldStop is SA_NOCLDSTOP.
const saNoCldStop = 1

// sigaction is the kernel's struct sigaction.
type sigaction struct {
	handler, flags, restorer, mask uint64
}

// setNoCldStop has the kernel send no signal for a child that stops: Go runs a handler
// for each, mostly by waking a thread on another processor, and we wait for
// stops anyway. Nothing else changes for the process; the ends of children are
// signalled as before.
func setNoCldStop() error {
	var now sigaction
	set := func(to, was *sigaction) error {
		_, _, errno := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(unix.SIGCHLD),
			uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(was)), unsafe.Sizeof(now.mask), 0, 0)
		if errno != 0 {
			return fmt.Errorf("leave out signals for stops: %w", errno)
		}
		return nil
	}
	if err := set(nil, &now); err != nil || now.flags&saNoCldStop != 0 {
		return err
	}
	now.flags |= saNoCldStop
	return set(&now, nil)
}
