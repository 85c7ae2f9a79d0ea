package sigma

import (
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// kleene is what a rule says of an event of which not every value is known, by
// Kleene's logic: the order makes "and" the least of its parts, and "or" the
// greatest.
type kleene uint8

const (
	definitelyFalse kleene = iota
	unknown
	definitelyTrue
)

func kleeneOf(holds bool) kleene {
	if holds {
		return definitelyTrue
	}
	return definitelyFalse
}

// partialEvent is an event in which the values of some fields are not known. At
// least one field is not.
type partialEvent struct {
	event   *logevent.Event
	unknown []string
}

// known is what keywords may rely on. The line that an event was read from repeats
// its fields.
func (p partialEvent) known() *logevent.Event {
	known := &logevent.Event{Fields: maps.Clone(p.event.Fields)}
	maps.DeleteFunc(known.Fields, func(name string, _ any) bool {
		return slices.ContainsFunc(p.unknown, func(field string) bool { return withinField(name, field) || withinField(field, name) })
	})
	return known
}

// withinField says that a name leads to a field, or on into it: what is read under
// "a.b" comes of "a" where there is no "a.b".
func withinField(name, field string) bool {
	rest, ok := strings.CutPrefix(name, field)
	return ok && (rest == "" || rest[0] == '.')
}

// evaluate is certain only if it stays the same whatever the unknown fields hold,
// and also if the event lacks them.
func (p partialEvent) evaluate(e *expr) kleene {
	switch e.op {
	case exprLeaf:
		return p.leaf(e.predicate)
	case exprNot:
		return definitelyTrue - p.evaluate(e.children[0])
	case exprAnd:
		least := definitelyTrue
		for _, k := range e.children {
			if least = min(least, p.evaluate(k)); least == definitelyFalse {
				break
			}
		}
		return least
	default:
		greatest := definitelyFalse
		for _, k := range e.children {
			if greatest = max(greatest, p.evaluate(k)); greatest == definitelyTrue {
				break
			}
		}
		return greatest
	}
}

func (p partialEvent) leaf(q *predicate) kleene {
	switch {
	case q.field == "":
		// A keyword looks everywhere: one value that is known can be enough.
		return max(unknown, kleeneOf(q.holds(p.known())))
	case slices.ContainsFunc(p.unknown, q.readsField):
		return unknown
	}
	return kleeneOf(q.holds(p.event))
}

// readsField says that the predicate's answer may rest on a field.
func (q *predicate) readsField(field string) bool {
	return q.field == "" || withinField(q.field, field) || q.op == opFieldRef && withinField(q.other, field)
}

// readFields lists what the predicates of the expression read, each once; the empty
// name is that of keywords.
func (e *expr) readFields(out []string) []string {
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if e.op == exprLeaf {
		add(e.predicate.field)
		if e.predicate.op == opFieldRef {
			add(e.predicate.other)
		}
	}
	for _, k := range e.children {
		out = k.readFields(out)
	}
	return out
}
