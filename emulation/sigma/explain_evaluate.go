package sigma

import (
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fieldreader"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// holds answers a predicate for an event, without any preparation. Explanations
// use it; the matcher does not.
func (q *predicate) holds(ev *logevent.Event) bool {
	r := readers.Get().(*fieldreader.Reader)
	defer readers.Put(r)
	r.Reset()
	r.Arena = r.Arena[:0]
	q.readInto(r, ev)
	switch q.op {
	case opExists:
		return r.Present == q.want
	case opNull:
		return !r.Present || r.Null
	case opFieldRef:
		var other fieldreader.Reader
		other.ReadField(ev.Fields, q.other)
		for _, a := range r.Texts {
			for _, b := range other.Texts {
				if q.matchRef(fold.String(a), fold.String(b)) {
					return true
				}
			}
		}
		return false
	}
	for _, text := range r.Texts {
		low := text
		if q.op == opText && !q.cased { // nothing else looks at it
			low = fold.String(text)
		}
		if q.matchText(text, low) {
			return true
		}
	}
	return false
}

// readers are for predicates that are answered by themselves.
var readers = sync.Pool{New: func() any { return new(fieldreader.Reader) }}

func (q *predicate) readInto(r *fieldreader.Reader, ev *logevent.Event) {
	if q.field == "" {
		r.AddEvent(ev.Fields, ev.Raw)
	} else {
		r.ReadField(ev.Fields, q.field)
	}
}

// holds evaluates an expression predicate by predicate.
func (e *expr) holds(ev *logevent.Event) bool {
	switch e.op {
	case exprLeaf:
		return e.predicate.holds(ev)
	case exprNot:
		return !e.children[0].holds(ev)
	case exprAnd:
		for _, k := range e.children {
			if !k.holds(ev) {
				return false
			}
		}
		return true
	default:
		for _, k := range e.children {
			if k.holds(ev) {
				return true
			}
		}
		return false
	}
}
