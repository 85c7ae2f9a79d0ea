package sensor

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// noStops is SA_NOCLDSTOP.
const noStops = 1

// action is the kernel's struct sigaction.
type action struct {
	handler, flags, restorer, mask uint64
}

// quiet has the kernel send no signal for a child that stops: Go runs a handler
// for each, mostly by waking a thread on another processor, and we wait for
// stops anyway. Nothing else changes for the process; the ends of children are
// signalled as before.
func quiet() error {
	var now action
	set := func(to, was *action) error {
		_, _, errno := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(unix.SIGCHLD),
			uintptr(unsafe.Pointer(to)), uintptr(unsafe.Pointer(was)), unsafe.Sizeof(now.mask), 0, 0)
		if errno != 0 {
			return fmt.Errorf("leave out signals for stops: %w", errno)
		}
		return nil
	}
	if err := set(nil, &now); err != nil || now.flags&noStops != 0 {
		return err
	}
	now.flags |= noStops
	return set(&now, nil)
}
