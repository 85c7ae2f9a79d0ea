//go:build linux

package sensor

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

const ptraceOptions = unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACESECCOMP | unix.PTRACE_O_EXITKILL |
	unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEEXEC

// scratchOffset is how far under a new program's stack pointer our data is put. The
// kernel maps 128 KiB there (stack_expand in fs/exec.c).
const scratchOffset = 16 << 10

// launch starts a command whose every call is already filtered, and returns
// with it about to execute the program.
//
// The filter must be installed by the process that is to bear it. The child is
// therefore started as a copy of the running binary, with the command's own
// arguments and environment, and is stopped before its first instruction, where
// it is made to call seccomp and execve by hand. The copy never runs; what
// follows is an exec like all others, seen the same way.
func launch(command Command) (pid int, err error) {
	files := make([]uintptr, len(command.Files))
	for i, file := range command.Files {
		files[i] = file.Fd()
	}
	pid, err = syscall.ForkExec("/proc/self/exe", command.Args, &syscall.ProcAttr{
		Dir: command.Dir, Env: command.Env, Files: files,
		Sys: &syscall.SysProcAttr{Ptrace: true, Pdeathsig: syscall.SIGKILL},
	})
	if err != nil {
		return 0, err
	}
	if err := filterAndExec(pid, command); err != nil {
		_ = unix.Kill(pid, unix.SIGKILL) // the preparation's error is the one to return
		_, _ = unix.Wait4(pid, nil, unix.WALL, nil)
		return 0, err
	}
	return pid, nil
}

// filterAndExec takes a child from its first stop to its exec.
func filterAndExec(pid int, command Command) error {
	if err := waitForStop(pid); err != nil {
		return err
	}
	if err := unix.PtraceSetOptions(pid, ptraceOptions); err != nil {
		return fmt.Errorf("set trace options: %w", err)
	}
	child, err := injectInto(pid)
	if err != nil {
		return err
	}
	// The kernel has just laid argc, argv and envp on the stack.
	argv := child.stack + 8
	envp := argv + 8*uint64(len(command.Args)+1)
	at := child.stack - scratchOffset
	program := filter()
	data := new(bytes.Buffer)
	_ = binary.Write(data, binary.NativeEndian, sockFprog{Len: uint16(len(program)), Filter: at + uint64(unsafe.Sizeof(sockFprog{}))})
	_ = binary.Write(data, binary.NativeEndian, program) // a buffer takes all
	path := at + uint64(data.Len())
	data.WriteString(command.Path + "\x00")
	if data.Len() > scratchOffset/2 {
		return unix.ENAMETOOLONG
	}
	if _, err := unix.PtracePokeData(pid, uintptr(at), data.Bytes()); err != nil {
		return fmt.Errorf("write to child: %w", err)
	}
	if err := child.syscall(unix.SYS_PRCTL, unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("forgo new privileges: %w", err)
	}
	if err := child.syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, at); err != nil {
		return fmt.Errorf("install filter: %w", err)
	}
	if err := child.startSyscall(unix.SYS_EXECVE, path, argv, envp); err != nil {
		return fmt.Errorf("begin exec: %w", err)
	}
	return nil
}

// sockFprog is the kernel's struct sock_fprog.
type sockFprog struct {
	Len    uint16
	_      [6]byte
	Filter uint64
}

// waitForStop waits for a child's next stop; its end is an error.
func waitForStop(pid int) error {
	var status unix.WaitStatus
	for {
		_, err := unix.Wait4(pid, &status, unix.WALL, nil)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return fmt.Errorf("wait for child: %w", err)
		case !status.Stopped():
			return fmt.Errorf("child ended early (status %#x)", uint32(status))
		}
		return nil
	}
}
