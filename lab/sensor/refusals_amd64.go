//go:build linux

package sensor

import "golang.org/x/sys/unix"

// refusedTable are the calls whose effects the sensor would not see or could not
// name, and those by which it would not see others' any more. DESIGN.md has the reason
// for each.
var refusedTable = [...]struct {
	number uint64
	name   string
	only   *argTest
	// unless says of which calls the row is not, by arguments that no test is for.
	unless func(*thread, syscallArgs) bool
}{
	{number: unix.SYS_IO_URING_SETUP, name: "io_uring_setup"},
	{number: unix.SYS_PTRACE, name: "ptrace"},
	{number: unix.SYS_PROCESS_VM_WRITEV, name: "process_vm_writev"},
	{number: unix.SYS_PIDFD_GETFD, name: "pidfd_getfd"},
	{number: unix.SYS_PRLIMIT64, name: "prlimit64", only: hasBits(0, ^uint32(0)), unless: func(th *thread, a syscallArgs) bool {
		return a[2] == 0 || int(int32(a[0])) == th.process.pid // it asks only, or is for itself
	}},
	{number: unix.SYS_CHROOT, name: "chroot"},
	{number: unix.SYS_PIVOT_ROOT, name: "pivot_root"},
	{number: unix.SYS_MOUNT, name: "mount"},
	{number: unix.SYS_UMOUNT2, name: "umount2"},
	{number: unix.SYS_MOVE_MOUNT, name: "move_mount"},
	{number: unix.SYS_OPEN_TREE, name: "open_tree"},
	{number: unix.SYS_OPEN_TREE_ATTR, name: "open_tree_attr"},
	{number: unix.SYS_FSOPEN, name: "fsopen"},
	{number: unix.SYS_FSPICK, name: "fspick"},
	{number: unix.SYS_MOUNT_SETATTR, name: "mount_setattr"},
	{number: unix.SYS_OPEN_BY_HANDLE_AT, name: "open_by_handle_at"},
	{number: unix.SYS_SETNS, name: "setns"},
	{number: unix.SYS_UNSHARE, name: "unshare", only: hasBits(0, namespaces)},

	{number: unix.SYS_SECCOMP, name: "seccomp", only: isOneOf(0, unix.SECCOMP_SET_MODE_STRICT, unix.SECCOMP_SET_MODE_FILTER)},
	{number: unix.SYS_PRCTL, name: "prctl PR_SET_SECCOMP", only: isOneOf(0, unix.PR_SET_SECCOMP)},
	{number: unix.SYS_PRCTL, name: "prctl PR_SET_DUMPABLE", only: isOneOf(0, unix.PR_SET_DUMPABLE), unless: func(_ *thread, a syscallArgs) bool {
		return a[1] == dumpable
	}},
	{number: unix.SYS_PERSONALITY, name: "personality READ_IMPLIES_EXEC", only: hasBits(0, readImpliesExec), unless: func(_ *thread, a syscallArgs) bool {
		return uint32(a[0]) == ^uint32(0) // it asks only
	}},
	{number: unix.SYS_MEMFD_SECRET, name: "memfd_secret"},
	{number: unix.SYS_USERFAULTFD, name: "userfaultfd"},

	{number: unix.SYS_FCNTL, name: "fcntl F_SETSIG", only: isOneOf(1, unix.F_SETSIG)},
	{number: unix.SYS_FCNTL, name: "fcntl F_SETOWN_EX", only: isOneOf(1, unix.F_SETOWN_EX)},
	{number: unix.SYS_FCNTL, name: "fcntl F_SETOWN", only: isOneOf(1, unix.F_SETOWN), unless: func(th *thread, a syscallArgs) bool {
		return a[2] == 0 || int(int32(a[2])) == th.process.pid // nobody, or itself
	}},
	{number: unix.SYS_IOCTL, name: "ioctl FIOSETOWN", only: isOneOf(1, fioSetOwn)},
	{number: unix.SYS_IOCTL, name: "ioctl SIOCSPGRP", only: isOneOf(1, siocSetPgrp)},
	{number: unix.SYS_IOCTL, name: "ioctl TIOCSIG", only: isOneOf(1, unix.TIOCSIG)},
	{number: unix.SYS_IOCTL, name: "ioctl TIOCSTI", only: isOneOf(1, unix.TIOCSTI)},
	{number: unix.SYS_IOCTL, name: "ioctl FS_IOC_SETFLAGS", only: isOneOf(1, unix.FS_IOC_SETFLAGS)},
	{number: unix.SYS_IOCTL, name: "ioctl FS_IOC_FSSETXATTR", only: isOneOf(1, fsIocFsSetXattr)},
	{number: unix.SYS_FILE_SETATTR, name: "file_setattr"},
}

// What package unix has no names for.
const (
	dumpable        = 1          // SUID_DUMP_USER, in linux/sched/coredump.h
	readImpliesExec = 0x0400000  // READ_IMPLIES_EXEC, in linux/personality.h
	fioSetOwn       = 0x8901     // FIOSETOWN, in asm-generic/sockios.h
	siocSetPgrp     = 0x8902     // SIOCSPGRP, in the same
	fsIocFsSetXattr = 0x401c5820 // FS_IOC_FSSETXATTR, in linux/fs.h
)

func refusedSyscalls() []watchedSyscall {
	all := make([]watchedSyscall, len(refusedTable))
	for i, r := range refusedTable {
		all[i] = watchedSyscall{number: r.number, only: r.only, onEntry: func(t *tracer, th *thread, a syscallArgs) onEnd {
			if r.unless != nil && r.unless(th, a) {
				return nil
			}
			return t.refuse(th, r.name)
		}}
	}
	return all
}
