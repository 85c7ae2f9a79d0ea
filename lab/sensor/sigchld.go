package sensor

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

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
