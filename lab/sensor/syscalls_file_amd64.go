//go:build linux

package sensor

import (
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// fileSyscalls are all calls by which a file system's names, owners, modes, times,
// attributes or files' contents change. What is written through a descriptor,
// be it by copying or through a mapping, was announced by the open that made it.
var fileSyscalls = [...]watchedSyscall{
	{number: unix.SYS_OPEN, only: hasBits(1, writeFlags), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.open(th, atCwd(a[0]), a[1])
	}},
	{number: unix.SYS_OPENAT, only: hasBits(2, writeFlags), onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.open(th, atDir(a[0], a[1]), a[2])
	}},
	{number: unix.SYS_OPENAT2, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.openat2(th, atDir(a[0], a[1]), a[2])
	}},
	{number: unix.SYS_CREAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.open(th, atCwd(a[0]), unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC)
	}},
	{number: unix.SYS_MKNOD, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.makeNode(th, atCwd(a[0]), event.Create)
	}},
	{number: unix.SYS_MKNODAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.makeNode(th, atDir(a[0], a[1]), event.Create)
	}},
	{number: unix.SYS_CHDIR, onEntry: func(t *tracer, th *thread, _ syscallArgs) onEnd { return t.chdir(th) }},
	{number: unix.SYS_FCHDIR, onEntry: func(t *tracer, th *thread, _ syscallArgs) onEnd { return t.chdir(th) }},
	{number: unix.SYS_MEMFD_CREATE, onEntry: func(t *tracer, th *thread, _ syscallArgs) onEnd {
		return t.memfdCreate(th)
	}},
	{number: unix.SYS_TRUNCATE, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.truncate(th, atCwd(a[0]))
	}},
	{number: unix.SYS_FTRUNCATE, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.truncate(th, atFD(a[0]))
	}},

	{number: unix.SYS_RENAME, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.rename(th, atCwd(a[0]), atCwd(a[1]), 0)
	}},
	{number: unix.SYS_RENAMEAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.rename(th, atDir(a[0], a[1]), atDir(a[2], a[3]), 0)
	}},
	{number: unix.SYS_RENAMEAT2, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.rename(th, atDir(a[0], a[1]), atDir(a[2], a[3]), a[4])
	}},
	{number: unix.SYS_UNLINK, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.remove(th, atCwd(a[0]), event.Unlink)
	}},
	{number: unix.SYS_UNLINKAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		if a[2]&unix.AT_REMOVEDIR != 0 {
			return t.remove(th, atDir(a[0], a[1]), event.Rmdir)
		}
		return t.remove(th, atDir(a[0], a[1]), event.Unlink)
	}},
	{number: unix.SYS_RMDIR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.remove(th, atCwd(a[0]), event.Rmdir)
	}},
	{number: unix.SYS_MKDIR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.makeNode(th, atCwd(a[0]), event.Mkdir)
	}},
	{number: unix.SYS_MKDIRAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.makeNode(th, atDir(a[0], a[1]), event.Mkdir)
	}},
	{number: unix.SYS_LINK, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.link(th, atCwd(a[0]).link(), atCwd(a[1]))
	}},
	{number: unix.SYS_LINKAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		from := atDir(a[0], a[1])
		from.noFollow = a[4]&unix.AT_SYMLINK_FOLLOW == 0
		return t.link(th, from, atDir(a[2], a[3]))
	}},
	{number: unix.SYS_SYMLINK, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.symlink(th, a[0], atCwd(a[1]))
	}},
	{number: unix.SYS_SYMLINKAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.symlink(th, a[0], atDir(a[1], a[2]))
	}},

	{number: unix.SYS_CHMOD, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chmod(th, atCwd(a[0]), a[1])
	}},
	{number: unix.SYS_FCHMOD, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chmod(th, atFD(a[0]), a[1])
	}},
	{number: unix.SYS_FCHMODAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chmod(th, atDir(a[0], a[1]), a[2])
	}},
	{number: unix.SYS_FCHMODAT2, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chmod(th, atDir(a[0], a[1]).withFlags(a[3]), a[2])
	}},
	{number: unix.SYS_UTIME, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.utimes(th, atCwd(a[0]))
	}},
	{number: unix.SYS_UTIMES, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.utimes(th, atCwd(a[0]))
	}},
	{number: unix.SYS_FUTIMESAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.utimes(th, atDir(a[0], a[1]))
	}},
	{number: unix.SYS_UTIMENSAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.utimes(th, atDir(a[0], a[1]).withFlags(a[3]))
	}},

	{number: unix.SYS_CHOWN, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chown(th, atCwd(a[0]), a[1], a[2])
	}},
	{number: unix.SYS_LCHOWN, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chown(th, atCwd(a[0]).link(), a[1], a[2])
	}},
	{number: unix.SYS_FCHOWN, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chown(th, atFD(a[0]), a[1], a[2])
	}},
	{number: unix.SYS_FCHOWNAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.chown(th, atDir(a[0], a[1]).withFlags(a[4]), a[2], a[3])
	}},
	{number: unix.SYS_SETXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atCwd(a[0]), a[1], a[2], a[3])
	}},
	{number: unix.SYS_LSETXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atCwd(a[0]).link(), a[1], a[2], a[3])
	}},
	{number: unix.SYS_FSETXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atFD(a[0]), a[1], a[2], a[3])
	}},
	{number: unix.SYS_REMOVEXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atCwd(a[0]), a[1], 0, 0)
	}},
	{number: unix.SYS_LREMOVEXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atCwd(a[0]).link(), a[1], 0, 0)
	}},
	{number: unix.SYS_FREMOVEXATTR, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atFD(a[0]), a[1], 0, 0)
	}},
	{number: unix.SYS_SETXATTRAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttributeAt(th, atDir(a[0], a[1]).withFlags(a[2]), a[3], a[4])
	}},
	{number: unix.SYS_REMOVEXATTRAT, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
		return t.setAttribute(th, atDir(a[0], a[1]).withFlags(a[2]), a[3], 0, 0)
	}},
}
