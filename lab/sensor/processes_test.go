//go:build linux && amd64

package sensor_test

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
)

// act is one case of what a process does to itself and others. Its process is
// number 1, the next that is born number 2.
type act struct {
	name  string
	there map[string]string
	do    func()
	want  []event.Observation
	code  int
}

// library is what is mapped as code: nothing of it is ever run.
const library = "inert"

var inMemory = seeMode(event.Create, "/memfd:program", 0o777)

// forked are the observations of a child of a process that makes a folder.
func forked() []event.Observation {
	return []event.Observation{
		{Kind: event.Fork, Process: 2, Parent: 1}, {Kind: event.Mkdir, Process: 2, Parent: 1, Path: "made", Mode: 0o755},
		{Kind: event.Exit, Process: 2, Parent: 1, Code: 5},
	}
}

var acts = []act{
	{name: "fork", do: func() { branch(unix.SYS_FORK, 0) }, want: forked()},
	{name: "vfork", do: func() { branch(unix.SYS_CLONE, unix.CLONE_VFORK|uintptr(unix.SIGCHLD)) }, want: forked()},
	{name: "clone", do: func() { branch(unix.SYS_CLONE, uintptr(unix.SIGCHLD)) }, want: forked()},
	{name: "clone of one that sends no signal", do: func() { branch(unix.SYS_CLONE, 0) }, want: forked()},
	{
		name: "clone of one that is not to be traced",
		do:   func() { branch(unix.SYS_CLONE, unix.CLONE_UNTRACED|uintptr(unix.SIGCHLD)) },
		want: forked(),
	},
	{
		name: "clone3 fails with ENOSYS, so that clone is called",
		do: func() {
			var args [8]uint64
			_, _, errno := unix.Syscall(unix.SYS_CLONE3, uintptr(unsafe.Pointer(&args)), unsafe.Sizeof(args), 0)
			if errno != unix.ENOSYS {
				must(errno)
				os.Exit(96)
			}
		},
	},
	{
		name: "a process that leaves its session, and wants to be another's tracee",
		do: func() {
			pid := start("act", "fork") // by itself a session's leader
			wait(pid)
			denied(raw3(unix.SYS_PTRACE, unix.PTRACE_TRACEME, 0, 0))
			denied(raw3(unix.SYS_PTRACE, unix.PTRACE_DETACH, uintptr(os.Getpid()), 0))
			denied(raw3(unix.SYS_PTRACE, unix.PTRACE_SEIZE, uintptr(os.Getppid()), 0))
		},
		want: []event.Observation{
			{Kind: event.Fork, Process: 2, Parent: 1},
			{Kind: event.Fork, Process: 3, Parent: 2}, {Kind: event.Mkdir, Process: 3, Parent: 2, Path: "made", Mode: 0o755},
			{Kind: event.Exit, Process: 3, Parent: 2, Code: 5},
			{Kind: event.Exit, Process: 2, Parent: 1},
			{Kind: event.Refused, Process: 1, Name: "ptrace"}, {Kind: event.Refused, Process: 1, Name: "ptrace"}, {Kind: event.Refused, Process: 1, Name: "ptrace"},
		},
	},
	{
		name: "a file in memory, executed",
		do: func() {
			fd, err := unix.MemfdCreate("program", 0)
			must(err)
			content, err := os.ReadFile("/proc/self/exe")
			must(err)
			_, err = unix.Write(fd, content)
			must(err)
			argv := []*byte{unsafe.StringData("from memory\x00"), unsafe.StringData(nothing + "\x00"), nil}
			raw(unix.SYS_EXECVEAT, uintptr(fd), pointer(""), uintptr(unsafe.Pointer(&argv[0])), 0, unix.AT_EMPTY_PATH)
		},
		want: []event.Observation{
			{Kind: event.Create, Process: 1, Path: inMemory.Path, Mode: inMemory.Mode},
			{Kind: event.Exec, Process: 1, Path: inMemory.Path, Argv: []string{"from memory", nothing}},
		},
	},
	{
		name:  "a file mapped as code",
		there: map[string]string{"library": library},
		do: func() {
			fd, err := unix.Open("library", unix.O_RDONLY, 0)
			must(err)
			_, err = unix.Mmap(fd, 0, len(library), unix.PROT_READ|unix.PROT_EXEC, unix.MAP_PRIVATE)
			must(err)
			_, err = unix.Mmap(fd, 0, len(library), unix.PROT_READ, unix.MAP_PRIVATE)
			must(err)
		},
		want: []event.Observation{mappedLibrary},
	},
	{
		name:  "a file mapped, and made code afterwards",
		there: map[string]string{"library": library},
		do: func() {
			fd, err := unix.Open("library", unix.O_RDONLY, 0)
			must(err)
			memory, err := unix.Mmap(fd, 0, len(library), unix.PROT_READ, unix.MAP_PRIVATE)
			must(err)
			must(unix.Mprotect(memory, unix.PROT_READ|unix.PROT_EXEC))
		},
		want: []event.Observation{mappedLibrary},
	},
	{
		name:  "a file mapped, and made code afterwards with a key",
		there: map[string]string{"library": library},
		do: func() {
			fd, err := unix.Open("library", unix.O_RDONLY, 0)
			must(err)
			memory, err := unix.Mmap(fd, 0, len(library), unix.PROT_READ, unix.MAP_PRIVATE)
			must(err)
			_, _, errno := unix.Syscall6(unix.SYS_PKEY_MPROTECT, uintptr(unsafe.Pointer(&memory[0])), uintptr(len(memory)), unix.PROT_READ|unix.PROT_EXEC, ^uintptr(0), 0, 0)
			if errno == unix.EPERM {
				os.Exit(absent) // Docker's profile of old
			}
			must(nonzero(errno))
		},
		want: []event.Observation{mappedLibrary},
	},
	{
		name: "signals, by every call",
		do: func() {
			pid := start("hang", "child")
			hanging(pid)
			must(unix.Kill(pid, 0))
			must(unix.Kill(pid, unix.SIGCONT))
			raw(unix.SYS_TKILL, uintptr(pid), uintptr(unix.SIGCONT))
			must(unix.Tgkill(pid, pid, unix.SIGCONT))
			fd, err := unix.PidfdOpen(pid, 0)
			must(err)
			must(unix.PidfdSendSignal(fd, unix.SIGCONT, nil, 0))
			info := make([]uint64, 16)                          // struct siginfo
			info[0], info[1] = uint64(unix.SIGCONT), 0xffffffff // si_code is SI_QUEUE
			raw(unix.SYS_RT_SIGQUEUEINFO, uintptr(pid), uintptr(unix.SIGCONT), uintptr(unsafe.Pointer(&info[0])))
			raw(unix.SYS_RT_TGSIGQUEUEINFO, uintptr(pid), uintptr(pid), uintptr(unix.SIGCONT), uintptr(unsafe.Pointer(&info[0])))
			must(unix.Kill(-pid, unix.SIGKILL)) // its group: itself
			_, err = unix.Wait4(pid, nil, 0, nil)
			must(err)
		},
		want: []event.Observation{
			{Kind: event.Fork, Process: 2, Parent: 1},
			{Kind: event.Create, Process: 2, Parent: 1, Path: "hanging", Mode: 0o644},
			sent(unix.SIGCONT), sent(unix.SIGCONT), sent(unix.SIGCONT), sent(unix.SIGCONT), sent(unix.SIGCONT), sent(unix.SIGCONT),
			sent(unix.SIGKILL),
			{Kind: event.Exit, Process: 2, Parent: 1, Code: 128 + 9},
		},
	},
	{
		name: "a signal that ends its sender with the whole group",
		do: func() {
			must(unix.Setpgid(0, 0))
			raw(unix.SYS_KILL, 0, uintptr(unix.SIGKILL), 0)
		},
		want: []event.Observation{{Kind: event.Signal, Process: 1, Target: 1, Code: int(unix.SIGKILL)}},
		code: 128 + 9,
	},
	{
		name: "io_uring is refused, and reported",
		do: func() {
			var setup [128]byte
			denied(raw3(unix.SYS_IO_URING_SETUP, 8, uintptr(unsafe.Pointer(&setup)), 0))
		},
		want: []event.Observation{{Kind: event.Refused, Process: 1, Name: "io_uring_setup"}},
	},
	{
		name: "the x32 table's calls end the process",
		do:   func() { _, _, _ = unix.Syscall(0x40000000|unix.SYS_MKDIR, pointer("made"), 0o755, 0) },
		want: []event.Observation{{Kind: event.Refused, Process: 1, Name: "call 83 of another architecture"}},
		code: 128 + 9,
	},
	{
		name: "calls by int 0x80 end the process",
		do:   callOld,
		want: []event.Observation{{Kind: event.Refused, Process: 1, Name: "call 39 of another architecture"}},
		code: 128 + 9,
	},
}

var mappedLibrary = event.Observation{
	Kind: event.Map, Process: 1, Path: "library", Content: []byte(library), Digest: fmt.Sprintf("%x", sha256.Sum256([]byte(library))),
}

func sent(signal unix.Signal) event.Observation {
	return event.Observation{Kind: event.Signal, Process: 1, Target: 2, Code: int(signal)}
}

// branch makes a process with a raw call; it makes a folder and ends.
func branch(number, flags uintptr) {
	name := pointer("made")
	pid := fork(number, flags, name)
	_, err := unix.Wait4(pid, nil, unix.WALL, nil)
	must(err)
	must(unix.Access("made", unix.F_OK))
}

// fork keeps to what a copy of a Go program with one thread can do.
//
//go:norace
//go:nosplit
func fork(number, flags, name uintptr) int {
	pid, _, errno := unix.RawSyscall6(number, flags, 0, 0, 0, 0, 0)
	if errno == 0 && pid == 0 {
		_, _, _ = unix.RawSyscall(unix.SYS_MKDIR, name, 0o755, 0)
		for {
			_, _, _ = unix.RawSyscall(unix.SYS_EXIT_GROUP, 5, 0, 0)
		}
	}
	return int(pid)
}

func raw3(number, a, b, c uintptr) unix.Errno {
	_, _, errno := unix.Syscall(number, a, b, c)
	return errno
}

func denied(errno unix.Errno) {
	if errno != unix.EPERM {
		fmt.Fprintln(os.Stderr, "a call that was to be refused was answered:", errno)
		os.Exit(96)
	}
}

// hanging waits until a hangProgram says that it hangs.
func hanging(pid int) {
	for {
		content, err := os.ReadFile("hanging")
		if err == nil && string(content) == fmt.Sprint(pid) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// callOld makes a folder by the 32-bit table, with code made for it: Go knows
// no such call.
func callOld() {
	page, err := unix.Mmap(-1, 0, 4096, unix.PROT_READ|unix.PROT_WRITE|unix.PROT_EXEC, unix.MAP_PRIVATE|unix.MAP_ANONYMOUS|unix.MAP_32BIT)
	must(err)
	const name = 64
	copy(page[name:], "made\x00")
	code := append([]byte{0x53, 0xb8}, binary.LittleEndian.AppendUint32(nil, 39)...)                                          // push rbx; mov eax, mkdir
	code = append(append(code, 0xbb), binary.LittleEndian.AppendUint32(nil, uint32(uintptr(unsafe.Pointer(&page[name]))))...) // mov ebx, name
	code = append(append(code, 0xb9), binary.LittleEndian.AppendUint32(nil, 0o755)...)                                        // mov ecx, mode
	code = append(code, 0xcd, 0x80, 0x5b, 0xc3)                                                                               // int 0x80; pop rbx; ret
	copy(page, code)
	entry := &page
	call := *(*func())(unsafe.Pointer(&entry))
	// A kernel without the table sends SIGSEGV, which Go would make a panic of: by
	// its default it ends the process, which distinguishes it from all else.
	var byDefault [4]uintptr // struct sigaction: SIG_DFL is 0
	_, _, errno := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(unix.SIGSEGV), uintptr(unsafe.Pointer(&byDefault)), 0, 8, 0, 0)
	if errno != 0 {
		must(errno)
	}
	call()
}

// actProgram does as one case has it.
func actProgram(args []string) {
	unix.Umask(0o022)
	for _, act := range acts {
		if act.name == args[0] {
			act.do()
			return
		}
	}
	os.Exit(98)
}

func TestEveryActOfAProcessIsSeen(t *testing.T) {
	t.Parallel()
	for _, act := range acts {
		t.Run(act.name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t)
			provision(t, dir, act.there)
			var got []event.Observation
			result, err := new(sensor.Sensor).Trace(patient(t), pendingExec(t, dir, "act", act.name), func(o event.Observation) {
				if o.Kind == event.Exec && o.Path == testBinary(t) || o.Kind == event.Map && filepath.Dir(o.Path) != dir {
					return // how it comes to run, not what it does
				}
				captured := event.Observation{
					Kind: o.Kind, Process: o.Process, Parent: o.Parent, Path: relative(dir, o.Path), Mode: o.Mode,
					Argv: o.Argv, Code: o.Code, Target: o.Target, Name: o.Name,
				}
				if o.Kind == event.Map {
					captured.Content, captured.Digest = o.Content, o.Digest
				}
				got = append(got, captured)
			})
			skipUnsupported(t, err)
			require.NoError(t, err)
			if act.code != 0 && result.Code == 128+11 {
				t.Skip("this kernel has no such calls")
			}
			if result.Code == absent {
				t.Skip("this kernel, or the profile that this test runs under, has no such call")
			}
			if act.name == "io_uring is refused, and reported" && raw3(unix.SYS_IO_URING_SETUP, 0, 0, 0) == unix.EPERM {
				t.Skip("whoever runs this test refuses io_uring already")
			}
			assert.Equal(t, sensor.Result{Code: act.code}, result)
			want := []event.Observation{{Kind: event.Fork, Process: 1}}
			want = append(append(want, act.want...), event.Observation{Kind: event.Exit, Process: 1, Code: act.code})
			assert.Equal(t, want, got)
			if act.code != 0 {
				assert.NoDirExists(t, filepath.Join(dir, "made"))
			}
		})
	}
}
