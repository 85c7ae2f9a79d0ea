//go:build linux

package sensor

import "golang.org/x/sys/unix"

// Where the kernel's struct seccomp_data has what a filter reads.
const (
	dataNumber       = 0
	dataArchitecture = 4
	dataArguments    = 16
)

// writeFlags are the flags of an open that can change a file, or make one. A
// read-only open is let through in the kernel, at no cost.
const writeFlags = unix.O_WRONLY | unix.O_RDWR | unix.O_CREAT | unix.O_TRUNC

// x32Bit marks the numbers of the x32 call table.
const x32Bit = 0x40000000

// foreignABI is the filter's word for a call made in another architecture's way
// (int 0x80, x32), whose numbers mean other calls.
const foreignABI = unix.SECCOMP_RET_DATA

// filter is the program that has the kernel stop a thread at the watched calls.
//
// clone3 has its flags in memory, where another thread could change them after
// they were looked at. It fails with ENOSYS, as Docker's profile does, and
// whoever calls it goes on to call clone.
func filter() []unix.SockFilter {
	program := []unix.SockFilter{
		loadWord(dataArchitecture), jumpIf(unix.BPF_JEQ, auditArch, 1), returnAction(unix.SECCOMP_RET_TRACE | foreignABI),
		loadWord(dataNumber), jumpUnless(unix.BPF_JGE, x32Bit, 1), returnAction(unix.SECCOMP_RET_TRACE | foreignABI),
		jumpUnless(unix.BPF_JEQ, unix.SYS_CLONE3, 1), returnAction(unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)),
	}
	for i, watch := range watchedSyscalls() {
		stop := returnAction(unix.SECCOMP_RET_TRACE | uint32(i))
		if watch.mask == nil {
			program = append(program, jumpUnless(unix.BPF_JEQ, uint32(watch.number), 1), stop)
			continue
		}
		program = append(program, jumpUnless(unix.BPF_JEQ, uint32(watch.number), 4),
			loadWord(dataArguments+8*watch.mask.index),
			jumpUnless(unix.BPF_JSET, watch.mask.bits, 1), stop, returnAction(unix.SECCOMP_RET_ALLOW))
	}
	return append(program, returnAction(unix.SECCOMP_RET_ALLOW))
}

func loadWord(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

func jumpIf(test uint16, k uint32, count uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, Jt: count, K: k}
}

func jumpUnless(test uint16, k uint32, count uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, Jf: count, K: k}
}

func returnAction(what uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: what}
}
