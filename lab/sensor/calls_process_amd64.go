package sensor

import "golang.org/x/sys/unix"

// processCalls are those that start programs, bring code into one, or act on
// another process. Forks and exits are told by the kernel without a filter.
var processCalls = [...]watch{
	{number: unix.SYS_EXECVE, enter: func(t *tracer, th *thread, a arguments) after {
		return t.exec(th, byName(a[0]), a[1], a[2])
	}},
	{number: unix.SYS_EXECVEAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.exec(th, in(a[0], a[1]).with(a[4]), a[2], a[3])
	}},
	{number: unix.SYS_CLONE, only: &mask{0, unix.CLONE_UNTRACED | namespaces}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.clone(th, a[0])
	}},

	{number: unix.SYS_MMAP, only: &mask{2, unix.PROT_EXEC}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.mapFile(th, a[3], a[4])
	}},
	{number: unix.SYS_MPROTECT, only: &mask{2, unix.PROT_EXEC}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.mapAgain(th, a[0], a[1])
	}},
	{number: unix.SYS_PKEY_MPROTECT, only: &mask{2, unix.PROT_EXEC}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.mapAgain(th, a[0], a[1])
	}},

	{number: unix.SYS_KILL, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signal(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_TKILL, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signalThread(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_TGKILL, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signalThread(th, int32(a[1]), a[2])
	}},
	{number: unix.SYS_RT_SIGQUEUEINFO, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signal(th, int32(a[0]), a[1])
	}},
	{number: unix.SYS_RT_TGSIGQUEUEINFO, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signalThread(th, int32(a[1]), a[2])
	}},
	{number: unix.SYS_PIDFD_SEND_SIGNAL, enter: func(t *tracer, th *thread, a arguments) after {
		return t.signalFile(th, int32(a[0]), a[1])
	}},
}
