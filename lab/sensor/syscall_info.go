//go:build linux

package sensor

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What a thread has stopped at, as PTRACE_GET_SYSCALL_INFO reports it.
const (
	infoExit    = 2 // PTRACE_SYSCALL_INFO_EXIT
	infoSeccomp = 3 // PTRACE_SYSCALL_INFO_SECCOMP
)

// syscallInfo is the kernel's struct ptrace_syscall_info: one call reports what would
// take several through registers, and on every architecture alike.
type syscallInfo struct {
	op           uint8
	_            [3]uint8
	architecture uint32
	instruction  uint64
	stack        uint64
	// number is the call's, or at its exit the result.
	number uint64
	args   syscallArgs
	_      [8]byte // the filter's word
}

// read reads what a thread has stopped at, which must be a call's entry or exit.
func (s *syscallInfo) read(tid int, want uint8) error {
	_, _, errno := unix.RawSyscall6(unix.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(tid),
		unsafe.Sizeof(*s), uintptr(unsafe.Pointer(s)), 0, 0)
	switch {
	case errno != 0:
		return errno
	case s.op != want:
		return fmt.Errorf("stopped at %d instead of %d", s.op, want)
	}
	return nil
}

func (s *syscallInfo) result() int64 { return int64(s.number) }
