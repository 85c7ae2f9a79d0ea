//go:build linux && !amd64

package sensor

import "golang.org/x/sys/unix"

// Another processor has other registers and other system calls: Trace returns
// ErrUnsupported before it would need any of these.

// Supported says whether the sensor can trace on this processor.
const Supported = false

const auditArch = 0

var fileSyscalls, processSyscalls, socketSyscalls [0]watchedSyscall

func refusedSyscalls() []watchedSyscall { return nil }

func failWithEPERM(int) error          { return ErrUnsupported }
func clearFirstArg(int, uint64) error  { return ErrUnsupported }
func cloneFlags(int) (uint64, error)   { return 0, ErrUnsupported }
func stackPointer(int) (uint64, error) { return 0, ErrUnsupported }
func currentCPU() (int, error)         { return 0, ErrUnsupported }

type injectedChild struct{ stack uint64 }

func injectInto(int) (*injectedChild, error)                    { return nil, ErrUnsupported }
func (*injectedChild) syscall(uint64, ...uint64) error          { return ErrUnsupported }
func (*injectedChild) startSyscall(_ uint64, _ ...uint64) error { return unix.ENOSYS }
