package sigma

import (
	"maps"
	"slices"
	"strings"
)

// answer is what a rule says of an event of which not every value is known, by
// Kleene's logic: the order makes "and" the least of its parts, and "or" the
// greatest.
type answer uint8

const (
	surelyNot answer = iota
	uncertain
	surely
)

func sure(holds bool) answer {
	if holds {
		return surely
	}
	return surelyNot
}

// partlyKnown is an event in which the values of some fields are not known. At
// least one field is not.
type partlyKnown struct {
	event   *Event
	unknown []string
	known   *Event // what keywords may rely on
}

func partly(ev *Event, unknown []string) partlyKnown {
	// The line that an event was read from repeats its fields.
	known := &Event{Fields: maps.Clone(ev.Fields)}
	maps.DeleteFunc(known.Fields, func(name string, _ any) bool {
		return slices.ContainsFunc(unknown, func(field string) bool { return within(name, field) || within(field, name) })
	})
	return partlyKnown{event: ev, unknown: unknown, known: known}
}

// within says that a name leads to a field, or on into it: what is read under
// "a.b" comes of "a" where there is no "a.b".
func within(name, field string) bool {
	rest, ok := strings.CutPrefix(name, field)
	return ok && (rest == "" || rest[0] == '.')
}

// answer is certain only if it stays the same whatever the unknown fields hold,
// and also if the event lacks them.
func (x partlyKnown) answer(e *expr) answer {
	switch e.op {
	case exprLeaf:
		return x.leaf(e.pred)
	case exprNot:
		return surely - x.answer(e.kids[0])
	case exprAnd:
		least := surely
		for _, k := range e.kids {
			if least = min(least, x.answer(k)); least == surelyNot {
				break
			}
		}
		return least
	default:
		greatest := surelyNot
		for _, k := range e.kids {
			if greatest = max(greatest, x.answer(k)); greatest == surely {
				break
			}
		}
		return greatest
	}
}

func (x partlyKnown) leaf(q *predicate) answer {
	switch {
	case q.field == "":
		// A keyword looks everywhere: one value that is known can be enough.
		return max(uncertain, sure(q.holds(x.known)))
	case slices.ContainsFunc(x.unknown, q.reads):
		return uncertain
	}
	return sure(q.holds(x.event))
}

// reads says that the predicate's answer may rest on a field.
func (q *predicate) reads(field string) bool {
	return q.field == "" || within(q.field, field) || q.op == opFieldRef && within(q.other, field)
}

// names lists what the predicates of the expression read, each once; the empty
// name is that of keywords.
func (e *expr) names(out []string) []string {
	add := func(name string) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	if e.op == exprLeaf {
		add(e.pred.field)
		if e.pred.op == opFieldRef {
			add(e.pred.other)
		}
	}
	for _, k := range e.kids {
		out = k.names(out)
	}
	return out
}
