//go:build linux

package sensor

import "slices"

// Calls that change names, open files to be written to or execute a program are made
// one after the other. So what is found before and after one of them differs by that
// one alone, and shows what it did, whatever another thread made of its arguments
// after they were read.

// takeTurn gives a thread the turn, or has it wait, stopped as it is.
func (t *tracer) takeTurn(th *thread) bool {
	if t.turn != nil && t.turn != th {
		t.waiting = append(t.waiting, th)
		return false
	}
	t.turn = th
	return true
}

// passTurn takes the turn from a thread, if it has it, and gives it to the next that is
// left.
func (t *tracer) passTurn(from *thread) {
	if t.turn != from {
		return
	}
	t.turn = nil
	for t.turn == nil && len(t.waiting) > 0 {
		if next := t.waiting[0]; t.threads[next.tid] == next {
			t.turn = next
		}
		t.waiting = slices.Delete(t.waiting, 0, 1)
	}
	t.next = t.turn
}

// enterNext has those enter their call who waited and have the turn now.
func (t *tracer) enterNext() {
	for t.next != nil {
		next := t.next
		t.next = nil
		t.syscallEntry(next)
	}
}
