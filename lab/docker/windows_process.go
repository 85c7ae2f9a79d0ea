//go:build windows

package docker

import (
	"errors"
	"syscall"

	"golang.org/x/sys/windows"
)

// noSuchProcess reports whether the kernel has no process of that id. One that may
// not be opened is there; one that is still held by somebody after its end is too.
func noSuchProcess(pid int) bool {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return errors.Is(err, windows.ERROR_INVALID_PARAMETER)
	}
	_ = windows.CloseHandle(process) // it was only asked for
	return false
}

// detached returns how to start a process that outlives this one: without the runner's
// console, whose end would end it, and in its own group, which Ctrl-C does not reach.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.DETACHED_PROCESS}
}
