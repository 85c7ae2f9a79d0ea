//go:build linux

package sensor

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Supported says whether the sensor can trace on this processor.
const Supported = true

// auditArch is what the kernel calls it in a filter's input.
const auditArch = unix.AUDIT_ARCH_X86_64

// failWithEPERM has the call that a thread is about to make fail with EPERM: the
// kernel skips a call whose number the tracer made negative, and returns what
// the tracer left as its result.
func failWithEPERM(tid int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	regs.Orig_rax = ^uint64(0)
	regs.Rax = ^uint64(unix.EPERM) + 1 // minus EPERM
	return unix.PtraceSetRegs(tid, &regs)
}

// cloneFlags are those of the fork or clone that a thread is in. Only clone has any, and
// has them first.
func cloneFlags(tid int) (uint64, error) {
	var regs unix.PtraceRegs
	err := unix.PtraceGetRegs(tid, &regs)
	if regs.Orig_rax != unix.SYS_CLONE {
		return 0, err
	}
	return regs.Rdi, err
}

// stackPointer is a stopped thread's.
func stackPointer(tid int) (uint64, error) {
	var regs unix.PtraceRegs
	err := unix.PtraceGetRegs(tid, &regs)
	return regs.Rsp, err
}

// clearFirstArg takes bits out of the first argument of the call that a thread is
// about to make.
func clearFirstArg(tid int, bits uint64) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	regs.Rdi &^= bits
	return unix.PtraceSetRegs(tid, &regs)
}

// injectedChild is a child stopped before its first instruction, which makes calls
// for us.
type injectedChild struct {
	pid   int
	stack uint64
	regs  unix.PtraceRegs
}

// injectInto puts a syscall instruction where the child would go on.
func injectInto(pid int) (*injectedChild, error) {
	h := &injectedChild{pid: pid}
	if err := unix.PtraceGetRegs(pid, &h.regs); err != nil {
		return nil, fmt.Errorf("read registers: %w", err)
	}
	h.stack = h.regs.Rsp
	if _, err := unix.PtracePokeText(pid, uintptr(h.regs.Rip), []byte{0x0f, 0x05}); err != nil {
		return nil, fmt.Errorf("write call to child: %w", err)
	}
	return h, nil
}

// setSyscall readies the child for a call.
func (h *injectedChild) setSyscall(number uint64, args []uint64) error {
	regs := h.regs
	regs.Orig_rax, regs.Rax = ^uint64(0), number
	for i, into := range []*uint64{&regs.Rdi, &regs.Rsi, &regs.Rdx, &regs.R10, &regs.R8}[:len(args)] {
		*into = args[i]
	}
	return unix.PtraceSetRegs(h.pid, &regs)
}

// syscall makes one call and returns its error.
func (h *injectedChild) syscall(number uint64, args ...uint64) error {
	if err := h.setSyscall(number, args); err != nil {
		return err
	}
	if err := unix.PtraceSingleStep(h.pid); err != nil {
		return err
	}
	if err := waitForStop(h.pid); err != nil {
		return err
	}
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(h.pid, &regs); err != nil {
		return err
	}
	if result := int64(regs.Rax); result < 0 {
		return unix.Errno(-result)
	}
	return nil
}

// startSyscall lets the child run into one call, the last.
func (h *injectedChild) startSyscall(number uint64, args ...uint64) error {
	if err := h.setSyscall(number, args); err != nil {
		return err
	}
	return unix.PtraceCont(h.pid, 0)
}

// currentCPU is the processor that the calling thread runs on.
func currentCPU() (int, error) {
	var cpu uint32
	if _, _, errno := unix.RawSyscall(unix.SYS_GETCPU, uintptr(unsafe.Pointer(&cpu)), 0, 0); errno != 0 {
		return 0, errno
	}
	return int(cpu), nil
}
