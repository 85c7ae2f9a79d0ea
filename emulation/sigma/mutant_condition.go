package sigma

import "slices"

// condition makes the mutants of one of the rule's conditions.
func (m *mutator) condition(at int, tree *cond) {
	d, line := m.rule.detection, m.rule.detection.conditions[at].line
	tree.places(func(c term) {
		add := func(altered *cond, a alteration) { m.add(d.withTree(at, c.put(altered)), a) }
		switch c.op {
		case condAnd, condOr:
			for i, kid := range c.kids {
				a := d.dropped(kid, c.negated)
				if a.line == 0 {
					a.line = line
				}
				add(c.without(i), a)
			}
			for i := range c.kids[1:] {
				swapped := c.swapped(i)
				add(swapped, alteration{operator: AndOrSwapped, line: line, was: c.phrase(), now: swapped.phrase()})
			}
		case condNot:
			if !c.listed {
				add(c.kids[0], alteration{operator: NegationRemoved, line: line, was: c.phrase(), now: c.kids[0].phrase()})
			}
		case condAny, condAll:
			m.pattern(c, line, add)
		}
	})
}

// pattern makes the mutants of "1 of" and "all of".
func (m *mutator) pattern(c term, line int, add func(*cond, alteration)) {
	fitting := m.rule.detection.fitting(c.name)
	other, list := *c.cond, &cond{op: condOr}
	if other.op = condAll; c.op == condAll {
		other.op, list.op = condAny, condAnd
	}
	add(&other, alteration{operator: QuantifierSwapped, line: line, was: c.phrase(), now: other.phrase(), why: func() string {
		if len(fitting) == 1 {
			return "the pattern fits one selection"
		}
		return ""
	}})
	if len(fitting) < 2 {
		return
	}
	for _, s := range fitting {
		list.kids = append(list.kids, &cond{op: condName, name: s.name})
	}
	for i, kid := range list.kids {
		add(list.without(i), m.rule.detection.dropped(kid, c.negated))
	}
}

// dropped tells of a term that is gone from the condition; the line is 0 where
// it names no selection.
func (d *detection) dropped(c *cond, negated bool) alteration {
	a := alteration{operator: SelectionDropped, was: c.phrase()}
	name := c
	for name.op == condNot {
		name, negated = name.kids[0], !negated
	}
	if name.op == condName {
		a = d.find(name.name).dropped(a)
	}
	if negated {
		a.operator, a.was = FilterRemoved, c.phrase()
	}
	return a
}

// dropped tells of a selection that is gone, and of one that is a single line by
// that line.
func (s *selection) dropped(a alteration) alteration {
	a.line = s.at.line
	items := s.items()
	if len(items) != 1 {
		return a
	}
	a.operator, a.line, a.was = PredicateDropped, items[0].at.line, items[0].line()
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
	put     func(*cond) *cond // the condition with another in its place
}

// places visits every node of a condition.
func (c *cond) places(visit func(term)) {
	term{cond: c, put: func(altered *cond) *cond { return altered }}.walk(visit)
}

func (p term) walk(visit func(term)) {
	visit(p)
	for i, kid := range p.kids {
		term{
			cond: kid, negated: p.negated != (p.op == condNot), listed: p.op != condNot,
			put: func(altered *cond) *cond {
				out := *p.cond
				out.kids = slices.Clone(p.kids)
				out.kids[i] = altered
				return p.put(&out)
			},
		}.walk(visit)
	}
}

// without is an "and" or "or" less one of its parts.
func (c *cond) without(at int) *cond {
	kids := slices.Delete(slices.Clone(c.kids), at, at+1)
	if len(kids) == 1 {
		return kids[0]
	}
	return &cond{op: c.op, kids: kids}
}

// swapped has the word after a part be the other one: "and" binds its neighbours
// more closely than "or".
func (c *cond) swapped(at int) *cond {
	joined := func(op condOp, kids []*cond) *cond {
		if len(kids) == 1 {
			return kids[0]
		}
		return &cond{op: op, kids: slices.Clone(kids)}
	}
	if c.op == condAnd {
		return &cond{op: condOr, kids: []*cond{joined(condAnd, c.kids[:at+1]), joined(condAnd, c.kids[at+1:])}}
	}
	kids := slices.Clone(c.kids)
	return joined(condOr, slices.Replace(kids, at, at+2, joined(condAnd, c.kids[at:at+2])))
}
