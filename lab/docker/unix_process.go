//go:build unix

package docker

import (
	"errors"
	"syscall"
)

// noSuchProcess reports whether the kernel has no process of that id. It asks by a
// signal that is none.
func noSuchProcess(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

// detached returns how to start a process that outlives this one: in its own session,
// so that what ends the runner's session does not end it.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
