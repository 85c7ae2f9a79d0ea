//go:build linux

package sensor

import (
	"math"
	"slices"
	"sync"
)

// syscallArgs are a call's, in order.
type syscallArgs [6]uint64

// watchedSyscall is a call at which the kernel stops a thread.
type watchedSyscall struct {
	number uint64
	// only has the kernel let a call through that it is not for; nil is that it is for
	// each. A number may have several rows, each with one.
	only *argTest
	// alone has no other such call be made meanwhile (see takeTurn).
	alone bool
	// onEntry looks at the call before it is made, and says what to do once it
	// has ended; nil is nothing.
	onEntry func(*tracer, *thread, syscallArgs) onEnd
}

// argTest is for calls whose argument at a position has one of some bits, or is one
// of some values. Of an argument's eight bytes the kernel reads the lower four.
type argTest struct {
	index  uint32
	bits   uint32
	values []uint32
}

func hasBits(index, bits uint32) *argTest             { return &argTest{index: index, bits: bits} }
func isOneOf(index uint32, values ...uint32) *argTest { return &argTest{index: index, values: values} }

// accepts reports whether a call with those arguments is one that the test is for.
func (a *argTest) accepts(args syscallArgs) bool {
	if a == nil {
		return true
	}
	argument := uint32(args[a.index])
	return argument&a.bits != 0 || slices.Contains(a.values, argument)
}

// onEnd is what to do once a call has ended with that result: minus an errno is that it
// failed, and killed that its thread did not live to see the end.
type onEnd func(result int64)

const killed = math.MinInt64

// ifMade is for calls that have an effect only if they succeed.
func ifMade(report func(result int64)) onEnd {
	return func(result int64) {
		if result >= 0 {
			report(result)
		}
	}
}

// watchTable is all calls that the kernel stops at, those of a number together.
type watchTable struct {
	inOrder  [][]watchedSyscall
	byNumber map[uint64][]watchedSyscall
}

var watchedSyscalls = sync.OnceValue(func() watchTable {
	table := watchTable{byNumber: map[uint64][]watchedSyscall{}}
	var numbers []uint64
	files := slices.Clone(fileSyscalls[:])
	for i := range files {
		files[i].alone = true
	}
	// Of two rows the first counts: what is refused with some arguments comes before what
	// is seen with others.
	for _, watch := range slices.Concat(files, refusedSyscalls(), processSyscalls[:], socketSyscalls[:]) {
		if table.byNumber[watch.number] == nil {
			numbers = append(numbers, watch.number)
		}
		table.byNumber[watch.number] = append(table.byNumber[watch.number], watch)
	}
	for _, number := range numbers {
		table.inOrder = append(table.inOrder, table.byNumber[number])
	}
	return table
})

// find gives the row for a call, nil where the kernel stopped at one that is not
// watched, as another's filter may have it.
func (t watchTable) find(number uint64, args syscallArgs) *watchedSyscall {
	for i, watch := range t.byNumber[number] {
		if watch.only.accepts(args) {
			return &t.byNumber[number][i]
		}
	}
	return nil
}
