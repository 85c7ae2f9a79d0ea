//go:build linux && amd64

package sensor_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// deception is one way in which a program could act without being seen, or have
// something else be seen.
type deception struct {
	name string
	// calls must fail with EPERM, and each must be reported by its name.
	calls []refusedCall
	// allowed is what is like them, and harmless; nil is nothing.
	allowed func()
}

type refusedCall struct {
	name string
	make func() unix.Errno
}

// plainly is a call whose arguments need no preparation.
func plainly(number uintptr, args ...uintptr) func() unix.Errno {
	var a [6]uintptr
	copy(a[:], args)
	return func() unix.Errno {
		_, _, errno := unix.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
		return errno
	}
}

// addFilter installs a filter that has one answer for one call.
func addFilter(flags uintptr, number, answer uint32) unix.Errno {
	must(unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
	return plainly(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, flags, filterProgram(number, answer))()
}

// filterProgram is a filter that has one answer for one call.
func filterProgram(number, answer uint32) uintptr {
	program := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: number},
		{Code: unix.BPF_RET | unix.BPF_K, K: answer},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	return uintptr(unsafe.Pointer(&unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}))
}

// onSocket makes a call on a new socket's descriptor, with a pointer to the parent's
// number.
func onSocket(number, what uintptr) func() unix.Errno {
	return func() unix.Errno {
		owner := [2]int32{1, int32(os.Getppid())} // F_OWNER_PID, and whom
		return plainly(number, uintptr(open(unix.AF_UNIX, unix.SOCK_STREAM)), what, uintptr(unsafe.Pointer(&owner)))()
	}
}

// onFile makes a call on a file's descriptor, with a pointer to nothing.
func onFile(number, what uintptr) func() unix.Errno {
	return func() unix.Errno {
		fd, err := unix.Open("there", unix.O_RDONLY, 0)
		must(err)
		var flags [4]uint64
		return plainly(number, uintptr(fd), what, uintptr(unsafe.Pointer(&flags)))()
	}
}

func openToWrite(path string) func() unix.Errno {
	return func() unix.Errno {
		return plainly(unix.SYS_OPENAT, here, pointer(path), unix.O_WRONLY, 0)()
	}
}

const (
	writeMemory   = "open /proc/PID/mem to write"
	readImplyExec = 0x0400000 // READ_IMPLIES_EXEC
)

var deceptions = []deception{
	{
		name: "a filter of its own that would give its calls other names",
		calls: []refusedCall{
			{"seccomp", func() unix.Errno { return addFilter(0, unix.SYS_GETPPID, unix.SECCOMP_RET_TRACE) }},
			{"seccomp", func() unix.Errno { return addFilter(0, unix.SYS_GETPPID, unix.SECCOMP_RET_TRACE|9999) }},
			{"prctl PR_SET_SECCOMP", func() unix.Errno {
				must(unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
				return plainly(unix.SYS_PRCTL, unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, filterProgram(unix.SYS_GETPPID, unix.SECCOMP_RET_TRACE))()
			}},
		},
	},
	{
		name: "a filter of its own with a listener that would answer in the tracer's place",
		calls: []refusedCall{
			{"seccomp", func() unix.Errno {
				return addFilter(unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, unix.SYS_MKDIRAT, unix.SECCOMP_RET_USER_NOTIF)
			}},
		},
	},
	{
		name: "the filter that leaves four calls",
		calls: []refusedCall{
			{"seccomp", plainly(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_STRICT, 0, 0)},
			{"prctl PR_SET_SECCOMP", plainly(unix.SYS_PRCTL, unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_STRICT, 0)},
		},
	},
	{
		name: "a process whose descriptors and memory nobody may read",
		calls: []refusedCall{
			{"prctl PR_SET_DUMPABLE", plainly(unix.SYS_PRCTL, unix.PR_SET_DUMPABLE, 0)},
		},
		allowed: func() { must(unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0)) },
	},
	{
		name:  "memory that nobody may read",
		calls: []refusedCall{{"memfd_secret", plainly(unix.SYS_MEMFD_SECRET, 0)}},
	},
	{
		name:  "faults of the kernel that the program handles",
		calls: []refusedCall{{"userfaultfd", plainly(unix.SYS_USERFAULTFD, 1)}}, // UFFD_USER_MODE_ONLY
	},
	{
		name:    "code mapped without asking for code",
		calls:   []refusedCall{{"personality READ_IMPLIES_EXEC", plainly(unix.SYS_PERSONALITY, readImplyExec)}},
		allowed: func() { raw(unix.SYS_PERSONALITY, 0xffffffff) }, // it asks only
	},
	{
		name: "signals that the kernel sends for it",
		calls: []refusedCall{
			{"fcntl F_SETSIG", func() unix.Errno {
				return plainly(unix.SYS_FCNTL, uintptr(open(unix.AF_UNIX, unix.SOCK_STREAM)), unix.F_SETSIG, uintptr(unix.SIGKILL))()
			}},
			{"fcntl F_SETOWN", func() unix.Errno {
				return plainly(unix.SYS_FCNTL, uintptr(open(unix.AF_UNIX, unix.SOCK_STREAM)), unix.F_SETOWN, uintptr(os.Getppid()))()
			}},
			{"fcntl F_SETOWN_EX", onSocket(unix.SYS_FCNTL, unix.F_SETOWN_EX)},
			{"ioctl FIOSETOWN", onSocket(unix.SYS_IOCTL, 0x8901)},
			{"ioctl SIOCSPGRP", onSocket(unix.SYS_IOCTL, 0x8902)},
			{"ioctl TIOCSIG", onFile(unix.SYS_IOCTL, unix.TIOCSIG)},
			{"ioctl TIOCSTI", onFile(unix.SYS_IOCTL, unix.TIOCSTI)},
		},
		allowed: func() {
			raw(unix.SYS_FCNTL, uintptr(open(unix.AF_UNIX, unix.SOCK_STREAM)), unix.F_SETOWN, uintptr(os.Getpid()))
		},
	},
	{
		name: "limits by which another process would be ended",
		calls: []refusedCall{
			{"prlimit64", func() unix.Errno {
				return plainly(unix.SYS_PRLIMIT64, uintptr(os.Getppid()), unix.RLIMIT_CPU, uintptr(unsafe.Pointer(new(unix.Rlimit))), 0)()
			}},
		},
		allowed: func() {
			var limit unix.Rlimit
			must(unix.Prlimit(os.Getpid(), unix.RLIMIT_CPU, nil, &limit))
			must(unix.Prlimit(os.Getpid(), unix.RLIMIT_CPU, &limit, nil))
		},
	},
	{
		name: "flags of a file",
		calls: []refusedCall{
			{"ioctl FS_IOC_SETFLAGS", onFile(unix.SYS_IOCTL, unix.FS_IOC_SETFLAGS)},
			{"ioctl FS_IOC_FSSETXATTR", onFile(unix.SYS_IOCTL, 0x401c5820)},
			{"file_setattr", plainly(unix.SYS_FILE_SETATTR, here, 0, 0, 0, 0)},
		},
	},
	{
		name: "another process",
		calls: []refusedCall{
			{"pidfd_getfd", plainly(unix.SYS_PIDFD_GETFD, 0, 0, 0)},
			{"process_vm_writev", plainly(unix.SYS_PROCESS_VM_WRITEV, 1, 0, 0, 0, 0, 0)},
			{"ptrace", plainly(unix.SYS_PTRACE, unix.PTRACE_SEIZE, 1, 0, 0)},
		},
	},
	{
		name: "the memory of a process, by its file",
		calls: []refusedCall{
			{writeMemory, openToWrite("/proc/1/task/1/../../mem")},
			{writeMemory, openToWrite("/proc/self/mem")},
			{writeMemory, func() unix.Errno { return plainly(unix.SYS_OPEN, pointer("/proc/self/mem"), unix.O_RDWR, 0)() }},
			{writeMemory, func() unix.Errno {
				fd, err := unix.Open("/proc/thread-self/mem", unix.O_RDONLY, 0)
				must(err)
				return openToWrite(fmt.Sprintf("/dev/fd/%d", fd))()
			}},
			{writeMemory, func() unix.Errno {
				return plainly(unix.SYS_OPENAT2, here, pointer("/proc/self/mem"), uintptr(unsafe.Pointer(&unix.OpenHow{Flags: unix.O_RDWR})), unix.SizeofOpenHow)()
			}},
		},
		allowed: func() { closing(unix.Open("/proc/self/mem", unix.O_RDONLY, 0)) },
	},
	{
		name: "sockets of families and protocols that the kernel has beside",
		calls: []refusedCall{
			{"socket of family 40, type 1, protocol 0", plainly(unix.SYS_SOCKET, unix.AF_VSOCK, unix.SOCK_STREAM, 0)},
			{"socket of family 43, type 1, protocol 0", plainly(unix.SYS_SOCKET, unix.AF_SMC, unix.SOCK_STREAM, 0)},
			{"socket of family 2, type 1, protocol 132", plainly(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_STREAM, unix.IPPROTO_SCTP)},
			{"socket of family 2, type 5, protocol 0", plainly(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_SEQPACKET, 0)},
		},
	},
}

// deny makes a call that must be refused. An engine's profile says of calls that it does
// not know that there are none.
func deny(call refusedCall) {
	if errno := call.make(); errno != unix.ENOSYS {
		denied(errno)
	}
}

// deceiveProgram does as one case has it, and then acts; with a number it makes that one
// call.
func deceiveProgram(args []string) {
	unix.Umask(0o022)
	for _, deception := range deceptions {
		if deception.name != args[0] {
			continue
		}
		if len(args) > 1 {
			number, err := strconv.Atoi(args[1])
			must(err)
			deny(deception.calls[number])
			return
		}
		for _, call := range deception.calls {
			deny(call)
		}
		if deception.allowed != nil {
			deception.allowed()
		}
		must(unix.Mkdir("made", 0o755))
		return
	}
	os.Exit(98)
}

func TestADeceptionIsRefusedAndReported(t *testing.T) {
	t.Parallel()
	for _, deception := range deceptions {
		t.Run(deception.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			provision(t, dir, map[string]string{"there": "x"})
			var want, got []string
			for _, o := range trace(t, new(sensor.Sensor), pendingExec(t, dir, "deceive", deception.name)) {
				if o.Kind == event.Refused {
					got = append(got, o.Name)
				}
				if o.Kind == event.Mkdir {
					got = append(got, "it goes on, and is seen")
				}
			}
			for i, call := range deception.calls {
				if len(got) > len(deception.calls) || !isRefusedAnyway(t, deception.name, i) {
					want = append(want, call.name)
				} else {
					t.Logf("%s is refused without the sensor", call.name)
				}
			}
			assert.Equal(t, append(want, "it goes on, and is seen"), got)
		})
	}
}

// isRefusedAnyway makes a deception's call without a sensor.
func isRefusedAnyway(t *testing.T, name string, call int) bool {
	t.Helper()
	command := exec.CommandContext(t.Context(), testBinary(t), word, "deceive", name, strconv.Itoa(call))
	command.Dir = folder(t)
	provision(t, command.Dir, map[string]string{"there": "x"})
	said, err := command.CombinedOutput()
	if err != nil {
		t.Logf("call %d without a sensor: %v: %s", call, err, said)
	}
	return err == nil
}

// unreadableProgram executes a file that may be executed and not read.
func unreadableProgram(args []string) {
	must(os.Chmod("program", 0o111))
	must(unix.Exec("program", []string{"program", word, "write", "under a name"}, nil))
}

func TestAProgramThatCannotBeReadIsEndedAndReported(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may read it")
	}
	dir := folder(t)
	program, err := os.ReadFile(testBinary(t))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(dir+"/program", program, 0o755))
	var last []event.Observation
	result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, dir, "unreadable"), func(o event.Observation) {
		last = append(last, event.Observation{Kind: o.Kind, Name: o.Name, Code: o.Code})
	})
	skipUnsupported(t, err)
	require.NoError(t, err)
	assert.Equal(t, sensor.Result{Code: 137}, result)
	assert.Equal(t, []event.Observation{
		{Kind: event.Chmod}, {Kind: event.Refused, Name: "exec of a file that cannot be read"}, {Kind: event.Exit, Code: 137},
	}, last[len(last)-3:])
}

// filteredProgram is a tracer itself, under a filter that was there before the sensor's.
// That has the kernel stop at calls which the sensor does not watch, with words that
// are in and out of its table's range.
func filteredProgram(args []string) {
	if len(args) == 0 {
		raw(unix.SYS_GETPGRP)
		raw(unix.SYS_GETSID, 0)
		raw(unix.SYS_MKDIR, pointer("made"), 0o755)
		return
	}
	path, err := os.Executable()
	must(err)
	if args[0] == "outside" {
		runtime.LockOSThread()
		for number, word := range map[uint32]uint32{unix.SYS_GETPGRP: 25, unix.SYS_GETSID: 0xffff, unix.SYS_MKDIR: 0} {
			if errno := addFilter(0, number, unix.SECCOMP_RET_TRACE|word); errno != 0 {
				must(errno)
			}
		}
		must(unix.Exec(path, []string{path, word, "filtered", "inside"}, os.Environ())) // for each of its threads
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	must(err)
	command := sensor.Command{Path: path, Args: []string{path, word, "filtered"}, Files: [3]*os.File{null, null, os.Stderr}}
	result, err := new(sensor.Sensor).Trace(context.Background(), command, func(o event.Observation) {
		if o.Kind != event.Map {
			fmt.Print(o.Kind, " ")
		}
	})
	must(err)
	fmt.Println(result)
}

func TestAFilterOfSomebodyElsesIsNotMistakenForTheSensors(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), testBinary(t), word, "filtered", "outside")
	command.Dir = folder(t)
	command.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	said, err := command.CombinedOutput()
	require.NoError(t, err, "%s", said)
	assert.Equal(t, "fork exec mkdir exit {0 0 []}\n", string(said))
}
