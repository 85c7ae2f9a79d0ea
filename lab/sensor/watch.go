package sensor

// arguments are a call's, in order.
type arguments [6]uint64

// watch is a call at which the kernel stops a thread.
type watch struct {
	number uint64
	// flags is the position of an open's flags among the arguments; 0 is none,
	// as no call has them first.
	flags int
	// enter looks at the call before it is made, and says what to do once it
	// has succeeded; nil is nothing.
	enter func(*tracer, *thread, arguments) after
}

// after is what to do once a call has succeeded with that result.
type after func(result int64)
