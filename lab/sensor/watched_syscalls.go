//go:build linux

package sensor

import (
	"slices"
	"sync"
)

// syscallArgs are a call's, in order.
type syscallArgs [6]uint64

// watchedSyscall is a call at which the kernel stops a thread.
type watchedSyscall struct {
	number uint64
	// mask has the kernel let a call through that has none of some bits.
	mask *argMask
	// onEntry looks at the call before it is made, and says what to do once it
	// has succeeded; nil is nothing.
	onEntry func(*tracer, *thread, syscallArgs) onSuccess
}

// argMask is some bits of the argument at a position.
type argMask struct {
	index uint32
	bits  uint32
}

// onSuccess is what to do once a call has succeeded with that result.
type onSuccess func(result int64)

// watchedSyscalls are all calls that the kernel stops at. Its filter names a call by
// its index here.
var watchedSyscalls = sync.OnceValue(func() []watchedSyscall {
	return slices.Concat(fileSyscalls[:], processSyscalls[:], socketSyscalls[:], refusedSyscalls())
})
