package sigma

// Whether any event tells a mutant from its rule is decided by implication alone,
// and that holds for any event whatever: fields with several values too, of
// which a predicate asks for one that fits.

// impliedSteps bounds the search; past it nothing counts as proven.
const impliedSteps = 20_000

// sameEvents says that two expressions are proven to fit the same events.
func sameEvents(a, b *expr) bool {
	p := prover{steps: impliedSteps}
	return p.implies(a, b) && p.implies(b, a)
}

type prover struct{ steps int }

// implies reports whether every event that matches a is proven to match b.
func (p *prover) implies(a, b *expr) bool {
	if p.steps--; p.steps < 0 {
		return false
	}
	switch {
	case a.op == exprOr:
		return p.all(a.children, func(k *expr) bool { return p.implies(k, b) })
	case b.op == exprAnd:
		return p.all(b.children, func(k *expr) bool { return p.implies(a, k) })
	case a.op == exprNot && a.children[0].op == exprAnd, a.op == exprNot && a.children[0].op == exprNot:
		return p.implies(a.children[0].negated(), b)
	case b.op == exprNot && b.children[0].op == exprOr, b.op == exprNot && b.children[0].op == exprNot:
		return p.implies(a, b.children[0].negated())
	}
	if a.op == exprAnd && (p.impossible(a) || p.any(a.children, func(k *expr) bool { return p.implies(k, b) })) {
		return true
	}
	if b.op == exprOr && p.any(b.children, func(k *expr) bool { return p.implies(a, k) }) {
		return true
	}
	switch {
	case a.op == exprLeaf && b.op == exprLeaf:
		return a.predicate.impliesPredicate(b.predicate)
	case a.op == exprNot && b.op == exprNot:
		return p.implies(b.children[0], a.children[0])
	case a.op == exprNot && a.children[0].op == exprOr: // none of its parts holds
		return p.any(a.children[0].children, func(k *expr) bool { return p.implies(k.negated(), b) })
	case b.op == exprNot && b.children[0].op == exprAnd: // one of its parts does not hold
		return p.any(b.children[0].children, func(k *expr) bool { return p.implies(a, k.negated()) })
	}
	return false
}

// impossible says that no event can fit all parts: one of them implies what
// another denies.
func (p *prover) impossible(and *expr) bool {
	for _, denied := range and.children {
		if denied.op == exprNot && p.any(and.children, func(k *expr) bool { return k != denied && p.implies(k, denied.children[0]) }) {
			return true
		}
	}
	return false
}

func (*prover) all(children []*expr, holds func(*expr) bool) bool {
	for _, k := range children {
		if !holds(k) {
			return false
		}
	}
	return true
}

func (*prover) any(children []*expr, holds func(*expr) bool) bool {
	for _, k := range children {
		if holds(k) {
			return true
		}
	}
	return false
}

// negated is the negation, drawn inside by one step.
func (e *expr) negated() *expr {
	switch e.op {
	case exprNot:
		return e.children[0]
	case exprLeaf:
		return &expr{op: exprNot, children: []*expr{e}}
	}
	out := &expr{op: exprAnd, children: make([]*expr, len(e.children))}
	if e.op == exprAnd {
		out.op = exprOr
	}
	for i, k := range e.children {
		out.children[i] = k.negated()
	}
	return out
}

// flattened is the expression without labels, and without an "and" right inside an
// "and" or an "or" inside an "or".
func (e *expr) flattened() *expr {
	if e.op == exprLeaf {
		return &expr{predicate: e.predicate}
	}
	out := &expr{op: e.op}
	for _, k := range e.children {
		k = k.flattened()
		if k.op == e.op && e.op != exprNot {
			out.children = append(out.children, k.children...)
		} else {
			out.children = append(out.children, k)
		}
	}
	if len(out.children) == 1 && e.op != exprNot {
		return out.children[0]
	}
	return out
}

// impliesPredicate says that every event that answers q is proven to answer other.
func (q *predicate) impliesPredicate(other *predicate) bool {
	switch {
	case q.field != other.field:
		return false
	case q.key == other.key:
		return true
	case other.op == opExists:
		return other.want && q.needsValue()
	case q.op != opText || other.op != opText:
		return false
	case q.cased && !other.cased && !(q.pattern.Utf8() && other.pattern.Utf8()):
		return false // folding could join its bytes with what stands beside them
	}
	return implies(q, other)
}
