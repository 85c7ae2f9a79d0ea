package sensor

import (
	"slices"
	"sync"
)

// arguments are a call's, in order.
type arguments [6]uint64

// watch is a call at which the kernel stops a thread.
type watch struct {
	number uint64
	// only has the kernel let a call through that has none of some bits.
	only *mask
	// enter looks at the call before it is made, and says what to do once it
	// has succeeded; nil is nothing.
	enter func(*tracer, *thread, arguments) after
}

// mask is some bits of the argument at a position.
type mask struct {
	at   uint32
	bits uint32
}

// after is what to do once a call has succeeded with that result.
type after func(result int64)

// watched are all calls that the kernel stops at. Its filter names a call by
// its index here.
var watched = sync.OnceValue(func() []watch {
	return slices.Concat(fileCalls[:], processCalls[:], socketCalls[:], refusedCalls())
})
