//go:build linux

package sensor

import "golang.org/x/sys/unix"

// processSyscalls are those that start programs, bring code into one, or act on
// another process. Forks and exits are reported by the kernel without a filter.
var processSyscalls = [...]watchedSyscall{
	{number: unix.SYS_EXECVE, alone: true, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.exec(th, a[1])
	}},
	{number: unix.SYS_EXECVEAT, alone: true, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.exec(th, a[2])
	}},
	{number: unix.SYS_CLONE, only: hasBits(0, unix.CLONE_UNTRACED|namespaces), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.clone(th, a[0])
	}},

	{number: unix.SYS_UNSHARE, only: hasBits(0, unix.CLONE_FS), onEntry: func(t *tracer, th *thread, _ syscallArgs) onEnd {
		return t.unshareFolder(th)
	}},

	{number: unix.SYS_MMAP, only: hasBits(2, unix.PROT_EXEC), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.mmap(th, a[3], a[4])
	}},
	{number: unix.SYS_MPROTECT, only: hasBits(2, unix.PROT_EXEC), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.mprotect(th, a[0], a[1])
	}},
	{number: unix.SYS_PKEY_MPROTECT, only: hasBits(2, unix.PROT_EXEC), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.mprotect(th, a[0], a[1])
	}},

	{number: unix.SYS_KILL, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signal(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_TKILL, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signalThread(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_TGKILL, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signalThread(th, int32(a[1]), a[2])
	}},
	{number: unix.SYS_RT_SIGQUEUEINFO, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signal(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_RT_TGSIGQUEUEINFO, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signalThread(th, int32(a[1]), a[2])
	}},
	{number: unix.SYS_PIDFD_SEND_SIGNAL, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.signalPidfd(th, int32(a[0]), a[1], a[3])
	}},
}
