//go:build linux

package agent

import (
	"fmt"
	"slices"

	"golang.org/x/sys/unix"
)

// none is an argument that no call can do anything with: no descriptor, no address, and
// flags that do not exist.
const none = ^uintptr(0)

// systemCall is one call with arguments by which it would come to nothing.
type systemCall struct {
	number uintptr
	args   []uintptr
}

// callProbes make calls of the kernel that no program in an asset needs. Each is made
// so that it comes to nothing; what the kernel says of it tells whether it would have
// been taken.
func callProbes() []probe {
	var probes []probe
	for _, tried := range []struct {
		name  string
		calls []systemCall
	}{
		{"set up io_uring", []systemCall{{unix.SYS_IO_URING_SETUP, []uintptr{0, 0}}}},
		{"set up asynchronous input and output", []systemCall{{unix.SYS_IO_SETUP, []uintptr{0, 0}}}},
		{"answer another's system calls (a seccomp listener)", []systemCall{
			{unix.SYS_SECCOMP, []uintptr{unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, 0}},
		}},
		{"answer another's page faults (userfaultfd)", []systemCall{{unix.SYS_USERFAULTFD, []uintptr{none}}}},
		{"have the kernel run a BPF program", []systemCall{{unix.SYS_BPF, []uintptr{none, 0, 0}}}},
		{"have the kernel count events (perf_event_open)", []systemCall{{unix.SYS_PERF_EVENT_OPEN, []uintptr{0, 0, none, none, none}}}},
		{"use the kernel's keyrings", []systemCall{
			{unix.SYS_ADD_KEY, []uintptr{0, 0, 0, 0, 0}}, {unix.SYS_REQUEST_KEY, []uintptr{0, 0, 0, 0}}, {unix.SYS_KEYCTL, []uintptr{none}},
		}},
		{"name a file by a handle", []systemCall{{unix.SYS_NAME_TO_HANDLE_AT, []uintptr{none, 0, 0, 0, 0}}}},
		{"open a file by a handle", []systemCall{{unix.SYS_OPEN_BY_HANDLE_AT, []uintptr{none, 0, 0}}}},
		{"write to another process's memory", []systemCall{{unix.SYS_PROCESS_VM_WRITEV, []uintptr{1, 0, 0, 0, 0, 0}}}},
		{"read another process's memory", []systemCall{{unix.SYS_PROCESS_VM_READV, []uintptr{1, 0, 0, 0, 0, 0}}}},
		{"take another process's files", []systemCall{{unix.SYS_PIDFD_GETFD, []uintptr{none, none, 0}}, {unix.SYS_KCMP, []uintptr{1, 1, 0, 0, 0}}}},
		{"hold memory that nobody can inspect (memfd_secret)", []systemCall{{unix.SYS_MEMFD_SECRET, []uintptr{none}}}},
		{"lock memory", []systemCall{{unix.SYS_MLOCK, []uintptr{0, 0}}, {unix.SYS_MLOCKALL, []uintptr{none}}}},
		{"move memory between nodes", []systemCall{
			{unix.SYS_MBIND, []uintptr{0, 0, none, 0, 0, none}}, {unix.SYS_SET_MEMPOLICY, []uintptr{none, 0, 0}}, {unix.SYS_MOVE_PAGES, []uintptr{1, 0, 0, 0, 0, none}},
		}},
		{"queue messages", []systemCall{{unix.SYS_MQ_OPEN, []uintptr{0, 0, 0, 0}}, {unix.SYS_MSGGET, []uintptr{1, 0}}}},
		{"use semaphores of System V", []systemCall{{unix.SYS_SEMGET, []uintptr{1, 0, 0}}}},
		{"watch all files of a file system (fanotify)", []systemCall{
			{unix.SYS_FANOTIFY_INIT, []uintptr{none, 0}}, {unix.SYS_FANOTIFY_MARK, []uintptr{none, none, 0, none, 0}},
		}},
		{"be another user or group", []systemCall{
			{unix.SYS_SETRESUID, []uintptr{none, none, none}}, {unix.SYS_SETRESGID, []uintptr{none, none, none}}, {unix.SYS_SETGROUPS, []uintptr{none, 0}},
		}},
		{"change its capabilities", []systemCall{{unix.SYS_CAPSET, []uintptr{0, 0}}}},
		{"change how it is scheduled", []systemCall{
			{unix.SYS_SCHED_SETSCHEDULER, []uintptr{0, none, 0}}, {unix.SYS_SCHED_SETATTR, []uintptr{0, 0, 0}}, {unix.SYS_IOPRIO_SET, []uintptr{none, 0, 0}},
		}},
		{"run as programs of another system did (personality)", []systemCall{{unix.SYS_PERSONALITY, []uintptr{0x0400000}}}}, // READ_IMPLIES_EXEC
		{"load a module into the kernel", []systemCall{
			{unix.SYS_INIT_MODULE, []uintptr{0, 0, 0}}, {unix.SYS_FINIT_MODULE, []uintptr{none, 0, 0}}, {unix.SYS_DELETE_MODULE, []uintptr{0, 0}},
		}},
		{"start another kernel", []systemCall{{unix.SYS_KEXEC_LOAD, []uintptr{0, 0, 0, none}}, {unix.SYS_REBOOT, []uintptr{0, 0, 0, 0}}}},
		{"read the kernel's log", []systemCall{{unix.SYS_SYSLOG, []uintptr{3, 0, 0}}}}, // SYSLOG_ACTION_READ_ALL
		{"set the clock", []systemCall{
			{unix.SYS_SETTIMEOFDAY, []uintptr{0, 0}}, {unix.SYS_CLOCK_SETTIME, []uintptr{0, 0}}, {unix.SYS_ADJTIMEX, []uintptr{0}}, {unix.SYS_CLOCK_ADJTIME, []uintptr{0, 0}},
		}},
		{"name the host", []systemCall{{unix.SYS_SETHOSTNAME, []uintptr{0, none}}, {unix.SYS_SETDOMAINNAME, []uintptr{0, none}}}},
		{"swap", []systemCall{{unix.SYS_SWAPON, []uintptr{0, 0}}, {unix.SYS_SWAPOFF, []uintptr{0}}}},
		{"keep accounts and quotas", []systemCall{{unix.SYS_ACCT, []uintptr{none}}, {unix.SYS_QUOTACTL, []uintptr{none, 0, 0, 0}}}},
		{"hang up a terminal", []systemCall{{unix.SYS_VHANGUP, nil}}},
		{"mount a file system by the calls of today", []systemCall{
			{unix.SYS_FSOPEN, []uintptr{0, 0}}, {unix.SYS_FSMOUNT, []uintptr{none, 0, 0}}, {unix.SYS_FSPICK, []uintptr{none, 0, 0}},
			{unix.SYS_OPEN_TREE, []uintptr{none, 0, 0}}, {unix.SYS_MOVE_MOUNT, []uintptr{none, 0, none, 0, 0}}, {unix.SYS_MOUNT_SETATTR, []uintptr{none, 0, 0, 0, 0}},
		}},
		{"have another root", []systemCall{{unix.SYS_CHROOT, []uintptr{0}}, {unix.SYS_PIVOT_ROOT, []uintptr{0, 0}}}},
		{"enter another's namespace", []systemCall{{unix.SYS_SETNS, []uintptr{none, 0}}}},
		// The flags cannot be together, so that no process comes of it.
		{"start a process in a namespace of its own", []systemCall{
			{unix.SYS_CLONE, []uintptr{unix.CLONE_NEWUSER | unix.CLONE_FS, 0, 0, 0, 0}}, {unix.SYS_CLONE3, []uintptr{0, 0}},
		}},
	} {
		probes = append(probes, probe{tried.name, func() (string, error) { return callsRefused(tried.calls...) }})
	}
	for _, namespace := range []struct {
		name string
		flag uintptr
	}{
		{"mount", unix.CLONE_NEWNS}, {"user", unix.CLONE_NEWUSER}, {"process", unix.CLONE_NEWPID}, {"network", unix.CLONE_NEWNET},
		{"IPC", unix.CLONE_NEWIPC}, {"UTS", unix.CLONE_NEWUTS}, {"cgroup", unix.CLONE_NEWCGROUP}, {"time", unix.CLONE_NEWTIME},
	} {
		probes = append(probes, probe{"leave for its own " + namespace.name + " namespace", func() (string, error) {
			return callsRefused(systemCall{unix.SYS_UNSHARE, []uintptr{namespace.flag}})
		}})
	}
	return probes
}

// callsRefused makes calls, each of which must be refused as such: not because of its
// arguments. The answer is the last one's.
func callsRefused(calls ...systemCall) (answer string, err error) {
	for _, call := range calls {
		var args [6]uintptr
		copy(args[:], call.args)
		_, _, errno := unix.RawSyscall6(call.number, args[0], args[1], args[2], args[3], args[4], args[5])
		if !slices.Contains([]unix.Errno{unix.EPERM, unix.EACCES, unix.ENOSYS}, errno) {
			return "", fmt.Errorf("call %d: %w", call.number, notRefused(errno))
		}
		answer = errno.Error()
	}
	return answer, nil
}

// notRefused is the error of a call that the kernel took.
func notRefused(errno unix.Errno) error {
	if errno == 0 {
		return errNotRefused
	}
	return fmt.Errorf("%w: %w", errNotRefused, errno)
}
