//go:build linux

package sensor

import "golang.org/x/sys/unix"

// refusedTable are the calls whose effects the sensor would not see or could not
// name: acts that are no calls (io_uring), another root or mount, files by
// handle, and another process's memory and registers.
var refusedTable = [...]struct {
	number uint64
	name   string
	only   *argMask
}{
	{number: unix.SYS_IO_URING_SETUP, name: "io_uring_setup"},
	{number: unix.SYS_PTRACE, name: "ptrace"},
	{number: unix.SYS_PROCESS_VM_WRITEV, name: "process_vm_writev"},
	{number: unix.SYS_CHROOT, name: "chroot"},
	{number: unix.SYS_PIVOT_ROOT, name: "pivot_root"},
	{number: unix.SYS_MOUNT, name: "mount"},
	{number: unix.SYS_UMOUNT2, name: "umount2"},
	{number: unix.SYS_MOVE_MOUNT, name: "move_mount"},
	{number: unix.SYS_OPEN_TREE, name: "open_tree"},
	{number: unix.SYS_FSOPEN, name: "fsopen"},
	{number: unix.SYS_FSPICK, name: "fspick"},
	{number: unix.SYS_MOUNT_SETATTR, name: "mount_setattr"},
	{number: unix.SYS_OPEN_BY_HANDLE_AT, name: "open_by_handle_at"},
	{number: unix.SYS_SETNS, name: "setns"},
	{number: unix.SYS_UNSHARE, name: "unshare", only: &argMask{0, namespaces}},
}

func refusedSyscalls() []watchedSyscall {
	all := make([]watchedSyscall, len(refusedTable))
	for i, r := range refusedTable {
		all[i] = watchedSyscall{number: r.number, mask: r.only, onEntry: func(t *tracer, th *thread, _ syscallArgs) onSuccess {
			return t.refuse(th, r.name)
		}}
	}
	return all
}
