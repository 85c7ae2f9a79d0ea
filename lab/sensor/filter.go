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

// filter is the program that has the kernel stop a thread at the watched calls.
// A process that calls in another architecture's way (int 0x80, x32), whose
// numbers mean other calls, is killed.
func filter() []unix.SockFilter {
	program := []unix.SockFilter{
		load(dataArchitecture), skipIf(unix.BPF_JEQ, architecture, 1), result(unix.SECCOMP_RET_KILL_PROCESS),
		load(dataNumber), skipUnless(unix.BPF_JGE, foreignBit, 1), result(unix.SECCOMP_RET_KILL_PROCESS),
	}
	for _, one := range watched {
		if one.flags == 0 {
			program = append(program, skipUnless(unix.BPF_JEQ, uint32(one.number), 1), result(unix.SECCOMP_RET_TRACE))
			continue
		}
		program = append(program, skipUnless(unix.BPF_JEQ, uint32(one.number), 4),
			load(dataArguments+8*uint32(one.flags)),
			skipUnless(unix.BPF_JSET, writes, 1), result(unix.SECCOMP_RET_TRACE), result(unix.SECCOMP_RET_ALLOW))
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
