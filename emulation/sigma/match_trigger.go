package sigma

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
)

// A rule is touched only by an event that holds one of its triggers: predicates
// the scan finds, one of which is true whenever the rule is. Of the parts of a
// condition that could serve, the one that fires most rarely does.

// trigger is the part of a condition that stands for the rule.
type trigger struct {
	predicates []int32 // one of which is true whenever the part is
	weight     int     // how often one of them is to be expected
	part       *expr   // the part
	exact      bool    // found means that the part is true: it need not be asked
}

// findTrigger finds what is true whenever e, or its negation, is; ok is false if
// the scan cannot find any such thing.
func (b *builder) findTrigger(e *expr, negated bool) (t trigger, ok bool) {
	switch e.op {
	case exprLeaf:
		id := b.intern(e.predicate)
		if negated || len(b.predicates[id].literals) == 0 {
			return t, false
		}
		return trigger{[]int32{id}, b.weight(id), e, b.predicates[id].exact}, true
	case exprNot:
		t, ok = b.findTrigger(e.children[0], !negated)
		t.exact = t.exact && t.part != e.children[0] // the part is the negation
		return t, ok
	}
	if (e.op == exprAnd) != negated {
		for _, k := range e.children {
			if child, found := b.findTrigger(k, negated); found && (!ok || child.weight < t.weight) {
				t, ok = child, true
			}
		}
		return t, ok
	}
	t.part, t.exact = e, !negated
	for _, k := range e.children {
		child, found := b.findTrigger(k, negated)
		if !found {
			return trigger{}, false
		}
		t.predicates = append(t.predicates, child.predicates...)
		t.weight += child.weight
		t.exact = t.exact && child.exact && child.part == k
	}
	slices.Sort(t.predicates)
	t.predicates = slices.Compact(t.predicates)
	return t, true
}

// weight guesses how often a predicate holds: what many rules ask for is common
// in events, and so are short literals and parts of everyday paths.
func (b *builder) weight(id int32) int {
	p := &b.predicates[id]
	rarity := 0
	for _, n := range p.literals {
		r := 1
		switch l := len(n.Text); {
		case n.Position == literalscan.WholeText && l < 8:
			r = 8
		case n.Position == literalscan.WholeText:
			r = 4
		case n.Position == literalscan.Anywhere && l < 4:
			r = 256 >> l
		case l < 5:
			r = 16
		case l < 6:
			r = 8
		case l < 8:
			r = 4
		case l < 12:
			r = 2
		}
		if n.IsCommon() {
			r += 2000
		}
		rarity = max(rarity, r)
	}
	return rarity * p.rules * p.rules
}

// cost orders the parts of a condition: what the scan has answered comes first,
// then what is quick to ask.
func (b *builder) cost(e *expr) int {
	if e.op != exprLeaf {
		sum := 0
		for _, k := range e.children {
			sum += b.cost(k)
		}
		return sum
	}
	p := &b.predicates[b.intern(e.predicate)]
	switch {
	case p.scanned && p.exact:
		return 1
	case p.scanned:
		return 2
	case e.predicate.field == "":
		return 400
	case e.predicate.op == opRegex && !p.prefilter.Selective():
		return 200
	case e.predicate.op == opRegex || e.predicate.op == opText && (e.predicate.shape == shapeContains || e.predicate.shape == shapeGlob):
		return 20
	case e.predicate.op == opFieldRef:
		return 20
	default:
		return 4
	}
}

// sortedByCost is the order in which the children of an and or an or are asked. Of those of
// equal cost the one goes first that is the likelier to settle it.
func (b *builder) sortedByCost(e *expr) []*expr {
	type rank struct {
		cost   int
		likely bool
	}
	sorted := slices.Clone(e.children)
	ranks := make(map[*expr]rank, len(e.children))
	for _, k := range e.children {
		ranks[k] = rank{b.cost(k), k.op == exprLeaf && slices.ContainsFunc(b.predicates[b.intern(k.predicate)].literals, literalscan.Literal.IsCommon)}
	}
	slices.SortStableFunc(sorted, func(x, y *expr) int {
		a, c := ranks[x], ranks[y]
		switch {
		case a.cost != c.cost || a.likely == c.likely:
			return cmp.Compare(a.cost, c.cost)
		case a.likely == (e.op == exprOr):
			return -1
		}
		return 1
	})
	return sorted
}
