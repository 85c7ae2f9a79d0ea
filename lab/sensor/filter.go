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

// filter is the program that has the kernel stop a thread at the watched calls, and
// at those made in another architecture's way (int 0x80, x32), whose numbers mean
// other calls. It gives no word along with a stop: the number says what is called,
// and a filter of somebody else's could give any word.
//
// clone3 has its flags in memory, where another thread could change them after
// they were looked at. It fails with ENOSYS, as Docker's profile does, and
// whoever calls it goes on to call clone.
func filter() []unix.SockFilter {
	stop := returnAction(unix.SECCOMP_RET_TRACE)
	program := []unix.SockFilter{
		loadWord(dataArchitecture), jumpIf(unix.BPF_JEQ, auditArch, 1), stop,
		loadWord(dataNumber), jumpUnless(unix.BPF_JGE, x32Bit, 1), stop,
		jumpUnless(unix.BPF_JEQ, unix.SYS_CLONE3, 1), returnAction(unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)),
	}
	for _, watched := range watchedSyscalls().inOrder {
		tests := testArguments(watched)
		program = append(program, jumpUnless(unix.BPF_JEQ, uint32(watched[0].number), uint8(len(tests)+1)))
		program = append(append(program, tests...), stop)
	}
	return append(program, returnAction(unix.SECCOMP_RET_ALLOW))
}

// testArguments is the part of the filter that lets a call through whose arguments
// none of its rows is for. It goes on behind its end with those that one is for.
func testArguments(watched []watchedSyscall) []unix.SockFilter {
	var program []unix.SockFilter
	for _, watch := range watched {
		if watch.only == nil {
			return nil
		}
		program = append(program, loadWord(dataArguments+8*watch.only.index))
		if watch.only.bits != 0 {
			program = append(program, jumpIf(unix.BPF_JSET, watch.only.bits, 0))
		}
		for _, value := range watch.only.values {
			program = append(program, jumpIf(unix.BPF_JEQ, value, 0))
		}
	}
	program = append(program, returnAction(unix.SECCOMP_RET_ALLOW))
	for i, instruction := range program {
		if instruction.Code&0x07 == unix.BPF_JMP {
			program[i].Jt = uint8(len(program) - i - 1)
		}
	}
	return program
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
