package sensor

import "golang.org/x/sys/unix"

// Where the kernel's struct seccomp_data has what a filter reads.
const (
	dataNumber       = 0
	dataArchitecture = 4
	dataArguments    = 16
)

// writes are the flags of an open that can change a file, or make one. A
// read-only open is let through in the kernel, at no cost.
const writes = unix.O_WRONLY | unix.O_RDWR | unix.O_CREAT | unix.O_TRUNC

// foreignBit marks the numbers of the x32 call table.
const foreignBit = 0x40000000

// foreign is the filter's word for a call made in another architecture's way
// (int 0x80, x32), whose numbers mean other calls.
const foreign = unix.SECCOMP_RET_DATA

// filter is the program that has the kernel stop a thread at the watched calls.
//
// clone3 has its flags in memory, where another thread could change them after
// they were looked at. It is told not to be there, as Docker's profile does, and
// whoever calls it goes on to call clone.
func filter() []unix.SockFilter {
	program := []unix.SockFilter{
		load(dataArchitecture), skipIf(unix.BPF_JEQ, architecture, 1), result(unix.SECCOMP_RET_TRACE | foreign),
		load(dataNumber), skipUnless(unix.BPF_JGE, foreignBit, 1), result(unix.SECCOMP_RET_TRACE | foreign),
		skipUnless(unix.BPF_JEQ, unix.SYS_CLONE3, 1), result(unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)),
	}
	for i, one := range watched() {
		stop := result(unix.SECCOMP_RET_TRACE | uint32(i))
		if one.only == nil {
			program = append(program, skipUnless(unix.BPF_JEQ, uint32(one.number), 1), stop)
			continue
		}
		program = append(program, skipUnless(unix.BPF_JEQ, uint32(one.number), 4),
			load(dataArguments+8*one.only.at),
			skipUnless(unix.BPF_JSET, one.only.bits, 1), stop, result(unix.SECCOMP_RET_ALLOW))
	}
	return append(program, result(unix.SECCOMP_RET_ALLOW))
}

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

func skipIf(test uint16, k uint32, count uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, Jt: count, K: k}
}

func skipUnless(test uint16, k uint32, count uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | test | unix.BPF_K, Jf: count, K: k}
}

func result(what uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: what}
}
