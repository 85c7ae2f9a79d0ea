package sigma

import "slices"

// condition makes the mutants of one of the rule's conditions.
func (m *mutator) condition(at int, tree *cond) {
	d, line := m.rule.detection, m.rule.detection.conditions[at].Line
	tree.visitTerms(func(c term) {
		add := func(altered *cond, a mutation) { m.addMutant(d.withTree(at, c.replace(altered)), a) }
		switch c.op {
		case condAnd, condOr:
			for i, child := range c.children {
				a := d.dropped(child, c.negated)
				if a.line == 0 {
					a.line = line
				}
				add(c.without(i), a)
			}
			for i := range c.children[1:] {
				swapped := c.swapped(i)
				add(swapped, mutation{operator: AndOrSwapped, line: line, before: c.phrase(), after: swapped.phrase()})
			}
		case condNot:
			if !c.listed {
				add(c.children[0], mutation{operator: NegationRemoved, line: line, before: c.phrase(), after: c.children[0].phrase()})
			}
		case condAny, condAll:
			m.pattern(c, line, add)
		}
	})
}

// pattern makes the mutants of "1 of" and "all of".
func (m *mutator) pattern(c term, line int, add func(*cond, mutation)) {
	matching := m.rule.detection.matchingSelections(c.name)
	other, list := *c.cond, &cond{op: condOr}
	if other.op = condAll; c.op == condAll {
		other.op, list.op = condAny, condAnd
	}
	add(&other, mutation{operator: QuantifierSwapped, line: line, before: c.phrase(), after: other.phrase(), equivalence: func() string {
		if len(matching) == 1 {
			return "the pattern matches only one selection"
		}
		return ""
	}})
	if len(matching) < 2 {
		return
	}
	for _, s := range matching {
		list.children = append(list.children, &cond{op: condName, name: s.name})
	}
	for i, child := range list.children {
		add(list.without(i), m.rule.detection.dropped(child, c.negated))
	}
}

// dropped tells of a term that is gone from the condition; the line is 0 where
// it names no selection.
func (d *detection) dropped(c *cond, negated bool) mutation {
	a := mutation{operator: SelectionDropped, before: c.phrase()}
	name := c
	for name.op == condNot {
		name, negated = name.children[0], !negated
	}
	if name.op == condName {
		a = d.selectionNamed(name.name).dropped(a)
	}
	if negated {
		a.operator, a.before = FilterRemoved, c.phrase()
	}
	return a
}

// dropped tells of a selection that is gone, and of one that is a single line by
// that line.
func (s *selection) dropped(a mutation) mutation {
	a.line = s.at.Line
	items := s.items()
	if len(items) != 1 {
		return a
	}
	a.operator, a.line, a.before = PredicateDropped, items[0].at.Line, items[0].line()
	if items[0].field == "" {
		a.operator = KeywordDropped
	}
	return a
}

// term is a node of a condition.
type term struct {
	*cond
	negated bool              // it stands below a "not"
	listed  bool              // it is part of an "and" or an "or", and can be left out of it
	replace func(*cond) *cond // the condition with another in its place
}

// visitTerms visits every node of a condition.
func (c *cond) visitTerms(visit func(term)) {
	term{cond: c, replace: func(altered *cond) *cond { return altered }}.walk(visit)
}

func (p term) walk(visit func(term)) {
	visit(p)
	for i, child := range p.children {
		term{
			cond: child, negated: p.negated != (p.op == condNot), listed: p.op != condNot,
			replace: func(altered *cond) *cond {
				out := *p.cond
				out.children = slices.Clone(p.children)
				out.children[i] = altered
				return p.replace(&out)
			},
		}.walk(visit)
	}
}

// without is an "and" or "or" less one of its parts.
func (c *cond) without(at int) *cond {
	children := slices.Delete(slices.Clone(c.children), at, at+1)
	if len(children) == 1 {
		return children[0]
	}
	return &cond{op: c.op, children: children}
}

// swapped has the word after a part be the other one: "and" binds its neighbours
// more closely than "or".
func (c *cond) swapped(at int) *cond {
	joined := func(op condOp, children []*cond) *cond {
		if len(children) == 1 {
			return children[0]
		}
		return &cond{op: op, children: slices.Clone(children)}
	}
	if c.op == condAnd {
		return &cond{op: condOr, children: []*cond{joined(condAnd, c.children[:at+1]), joined(condAnd, c.children[at+1:])}}
	}
	children := slices.Clone(c.children)
	return joined(condOr, slices.Replace(children, at, at+2, joined(condAnd, c.children[at:at+2])))
}
