package sensor

import (
	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// fileCalls are all calls by which a file system's names, owners, modes, times,
// attributes or files' contents change. What is written through a descriptor,
// be it by copying or through a mapping, was announced by the open that made it.
var fileCalls = [...]watch{
	{number: unix.SYS_OPEN, only: &mask{1, writes}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.open(th, byName(a[0]), a[1])
	}},
	{number: unix.SYS_OPENAT, only: &mask{2, writes}, enter: func(t *tracer, th *thread, a arguments) after {
		return t.open(th, in(a[0], a[1]), a[2])
	}},
	{number: unix.SYS_OPENAT2, enter: func(t *tracer, th *thread, a arguments) after {
		return t.openHow(th, in(a[0], a[1]), a[2])
	}},
	{number: unix.SYS_CREAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.open(th, byName(a[0]), unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC)
	}},
	{number: unix.SYS_MKNOD, enter: func(t *tracer, th *thread, a arguments) after {
		return t.make(th, byName(a[0]), event.Create)
	}},
	{number: unix.SYS_MKNODAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.make(th, in(a[0], a[1]), event.Create)
	}},
	{number: unix.SYS_MEMFD_CREATE, enter: func(t *tracer, th *thread, _ arguments) after {
		return t.anonymous(th)
	}},
	{number: unix.SYS_TRUNCATE, enter: func(t *tracer, th *thread, a arguments) after {
		return t.truncate(th, byName(a[0]))
	}},
	{number: unix.SYS_FTRUNCATE, enter: func(t *tracer, th *thread, a arguments) after {
		return t.truncate(th, byFile(a[0]))
	}},

	{number: unix.SYS_RENAME, enter: func(t *tracer, th *thread, a arguments) after {
		return t.rename(th, byName(a[0]), byName(a[1]), 0)
	}},
	{number: unix.SYS_RENAMEAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.rename(th, in(a[0], a[1]), in(a[2], a[3]), 0)
	}},
	{number: unix.SYS_RENAMEAT2, enter: func(t *tracer, th *thread, a arguments) after {
		return t.rename(th, in(a[0], a[1]), in(a[2], a[3]), a[4])
	}},
	{number: unix.SYS_UNLINK, enter: func(t *tracer, th *thread, a arguments) after {
		return t.remove(th, byName(a[0]), event.Unlink)
	}},
	{number: unix.SYS_UNLINKAT, enter: func(t *tracer, th *thread, a arguments) after {
		if a[2]&unix.AT_REMOVEDIR != 0 {
			return t.remove(th, in(a[0], a[1]), event.Rmdir)
		}
		return t.remove(th, in(a[0], a[1]), event.Unlink)
	}},
	{number: unix.SYS_RMDIR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.remove(th, byName(a[0]), event.Rmdir)
	}},
	{number: unix.SYS_MKDIR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.make(th, byName(a[0]), event.Mkdir)
	}},
	{number: unix.SYS_MKDIRAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.make(th, in(a[0], a[1]), event.Mkdir)
	}},
	{number: unix.SYS_LINK, enter: func(t *tracer, th *thread, a arguments) after {
		return t.link(th, byName(a[0]), byName(a[1]), 0)
	}},
	{number: unix.SYS_LINKAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.link(th, in(a[0], a[1]), in(a[2], a[3]), a[4])
	}},
	{number: unix.SYS_SYMLINK, enter: func(t *tracer, th *thread, a arguments) after {
		return t.symlink(th, a[0], byName(a[1]))
	}},
	{number: unix.SYS_SYMLINKAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.symlink(th, a[0], in(a[1], a[2]))
	}},

	{number: unix.SYS_CHMOD, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chmod(th, byName(a[0]))
	}},
	{number: unix.SYS_FCHMOD, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chmod(th, byFile(a[0]))
	}},
	{number: unix.SYS_FCHMODAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chmod(th, in(a[0], a[1]))
	}},
	{number: unix.SYS_FCHMODAT2, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chmod(th, in(a[0], a[1]).with(a[3]))
	}},
	{number: unix.SYS_UTIME, enter: func(t *tracer, th *thread, a arguments) after {
		return t.utimes(th, byName(a[0]))
	}},
	{number: unix.SYS_UTIMES, enter: func(t *tracer, th *thread, a arguments) after {
		return t.utimes(th, byName(a[0]))
	}},
	{number: unix.SYS_FUTIMESAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.utimes(th, in(a[0], a[1]))
	}},
	{number: unix.SYS_UTIMENSAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.utimes(th, in(a[0], a[1]).with(a[3]))
	}},

	{number: unix.SYS_CHOWN, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chown(th, byName(a[0]))
	}},
	{number: unix.SYS_LCHOWN, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chown(th, byName(a[0]).with(unix.AT_SYMLINK_NOFOLLOW))
	}},
	{number: unix.SYS_FCHOWN, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chown(th, byFile(a[0]))
	}},
	{number: unix.SYS_FCHOWNAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.chown(th, in(a[0], a[1]).with(a[4]))
	}},
	{number: unix.SYS_SETXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byName(a[0]), a[1], a[2], a[3])
	}},
	{number: unix.SYS_LSETXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byName(a[0]).with(unix.AT_SYMLINK_NOFOLLOW), a[1], a[2], a[3])
	}},
	{number: unix.SYS_FSETXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byFile(a[0]), a[1], a[2], a[3])
	}},
	{number: unix.SYS_REMOVEXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byName(a[0]), a[1], 0, 0)
	}},
	{number: unix.SYS_LREMOVEXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byName(a[0]).with(unix.AT_SYMLINK_NOFOLLOW), a[1], 0, 0)
	}},
	{number: unix.SYS_FREMOVEXATTR, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, byFile(a[0]), a[1], 0, 0)
	}},
	{number: unix.SYS_SETXATTRAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attributeAt(th, in(a[0], a[1]).with(a[2]), a[3], a[4])
	}},
	{number: unix.SYS_REMOVEXATTRAT, enter: func(t *tracer, th *thread, a arguments) after {
		return t.attribute(th, in(a[0], a[1]).with(a[2]), a[3], 0, 0)
	}},
}
