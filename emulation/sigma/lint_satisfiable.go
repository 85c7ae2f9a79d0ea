package sigma

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// goal is an expression and how it has to come out; of a leaf it is a fact.
type goal struct {
	e    *expr
	want bool
}

// solverSteps bounds the search; past it a condition counts as possible.
const solverSteps = 4000

// solver looks for facts about one event that make goals true. It takes a field
// for single-valued, as nearly all are.
type solver struct{ steps int }

// satisfiable says whether e can come out as wanted for some event.
func satisfiable(e *expr, want bool) bool {
	s := solver{steps: solverSteps}
	return s.solve([]goal{{e, want}}, nil, nil)
}

// solve meets all goals: those that leave no choice at once, then the choices.
func (s *solver) solve(goals, choices, facts []goal) bool {
	for len(goals) > 0 {
		if s.steps--; s.steps < 0 {
			return true
		}
		g := goals[len(goals)-1]
		goals = goals[:len(goals)-1]
		switch {
		case g.e.op == exprLeaf:
			for _, f := range facts {
				if contradict(f, g) {
					return false
				}
			}
			if g.want && g.e.predicate.unsatisfiable() {
				return false
			}
			facts = append(facts[:len(facts):len(facts)], g)
		case g.e.op == exprNot:
			goals = append(goals, goal{g.e.children[0], !g.want})
		case (g.e.op == exprAnd) == g.want:
			for _, k := range g.e.children {
				goals = append(goals, goal{k, g.want})
			}
		default:
			choices = append(choices[:len(choices):len(choices)], g)
		}
	}
	if len(choices) == 0 {
		return true
	}
	g := choices[len(choices)-1]
	for _, k := range g.e.children {
		if s.solve([]goal{{k, g.want}}, choices[:len(choices)-1], facts) {
			return true
		}
	}
	return false
}

// unsatisfiable says that no value answers the predicate.
func (q *predicate) unsatisfiable() bool {
	if q.op != opTime {
		return false
	}
	low, high := q.part.Span()
	for n := low; n <= high; n++ {
		if q.cmp.Holds(n, q.number) {
			return false
		}
	}
	return true
}

// contradict says that two facts cannot both be true of one event. It errs on
// the side of no.
func contradict(a, b goal) bool {
	p, q := a.e.predicate, b.e.predicate
	if p.field != q.field {
		return false
	}
	if p.key == q.key {
		return a.want != b.want
	}
	if p.field == "" { // keywords may lie in different values
		return false
	}
	return conflicts(a, b) || conflicts(b, a)
}

// conflicts looks at two facts about one field from the side of the first.
func conflicts(a, b goal) bool {
	p, q := a.e.predicate, b.e.predicate
	switch {
	case !a.want:
		return false
	case p.op == opNull || p.op == opExists && !p.want:
		return b.want && q.needsValue()
	case p.op == opNetwork:
		return b.want && q.op == opNetwork && !p.net.Overlaps(q.net)
	case p.op == opCompare:
		return b.want && q.op == opCompare && disjoint(p, q)
	case p.op != opText:
		return false
	case !b.want && q.op == opText:
		return implies(p, q)
	case p.shape == shapeExact:
		return b.want && !exactAllows(p, q)
	case b.want && q.op == opText && (!p.cased && !q.cased || p.cased && q.cased):
		switch {
		case p.shape == shapePrefix && q.shape == shapePrefix:
			return !strings.HasPrefix(p.literal, q.literal) && !strings.HasPrefix(q.literal, p.literal)
		case p.shape == shapeSuffix && q.shape == shapeSuffix:
			return !strings.HasSuffix(p.literal, q.literal) && !strings.HasSuffix(q.literal, p.literal)
		}
	}
	return false
}

// needsValue says that the predicate is false without a value.
func (q *predicate) needsValue() bool {
	return q.op != opNull && q.op != opExists
}

// exactAllows says whether the one text that p takes answers q as well, as far
// as can be told: p leaves the case open unless it is cased.
func exactAllows(p, q *predicate) bool {
	text := p.pattern.Plain()
	switch {
	case q.op == opText && q.cased && !p.cased, q.op == opRegex, q.op == opFieldRef, !q.needsValue():
		return true
	}
	return q.matchText(text, fold.String(text))
}

// implies says that every text p takes is taken by q.
func implies(p, q *predicate) bool {
	if q.cased && !p.cased || len(p.pattern) == 0 || p.pattern.Has(wildcard.Placeholder) || q.pattern.Has(wildcard.Placeholder) {
		return false
	}
	use := p.pattern
	if !q.cased {
		use = use.MapLiterals(fold.String)
	}
	first, last := use[0], use[len(use)-1]
	switch q.shape {
	case shapePresent:
		return true
	case shapePrefix:
		return first.Kind == wildcard.Literal && strings.HasPrefix(first.Text, q.literal)
	case shapeSuffix:
		return last.Kind == wildcard.Literal && strings.HasSuffix(last.Text, q.literal)
	case shapeContains:
		for _, t := range use {
			if t.Kind == wildcard.Literal && strings.Contains(t.Text, q.literal) {
				return true
			}
		}
	case shapeExact:
		return p.shape == shapeExact && len(use) == 1 && first.Text == q.literal
	case shapeGlob:
		return p.shape == shapeExact && q.glob.Match(use.Plain())
	}
	return false
}

// disjoint says that no number answers both comparisons.
func disjoint(p, q *predicate) bool {
	if p.cmp == rulevalue.Less || p.cmp == rulevalue.LessEqual {
		p, q = q, p
	}
	if p.cmp != rulevalue.Greater && p.cmp != rulevalue.GreaterEqual || q.cmp != rulevalue.Less && q.cmp != rulevalue.LessEqual {
		return false
	}
	return p.number > q.number || p.number == q.number && (p.cmp == rulevalue.Greater || q.cmp == rulevalue.Less)
}
