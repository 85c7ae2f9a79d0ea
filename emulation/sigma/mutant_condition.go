package sigma

import "github.com/ringer-lab/ringer/emulation/sigma/internal/condition"

// condition makes the mutants of one of the rule's conditions.
func (m *mutator) condition(at int, tree *condition.Tree) {
	d, line := m.rule.detection, m.rule.detection.conditions[at].Line
	tree.VisitTerms(func(c condition.Term) {
		add := func(altered *condition.Tree, a mutation) { m.addMutant(d.withTree(at, c.Replace(altered)), a) }
		switch c.Op {
		case condition.And, condition.Or:
			for i, child := range c.Children {
				a := d.dropped(child, c.Negated)
				if a.line == 0 {
					a.line = line
				}
				add(c.Without(i), a)
			}
			for i := range c.Children[1:] {
				swapped := c.Swapped(i)
				add(swapped, mutation{operator: AndOrSwapped, line: line, before: c.String(), after: swapped.String()})
			}
		case condition.Not:
			if !c.Listed {
				add(c.Children[0], mutation{operator: NegationRemoved, line: line, before: c.String(), after: c.Children[0].String()})
			}
		case condition.Any, condition.All:
			m.pattern(c, line, add)
		}
	})
}

// pattern makes the mutants of "1 of" and "all of".
func (m *mutator) pattern(c condition.Term, line int, add func(*condition.Tree, mutation)) {
	matching := m.rule.detection.matchingSelections(c.Name)
	other, list := *c.Tree, &condition.Tree{Op: condition.Or}
	if other.Op = condition.All; c.Op == condition.All {
		other.Op, list.Op = condition.Any, condition.And
	}
	add(&other, mutation{operator: QuantifierSwapped, line: line, before: c.String(), after: other.String(), equivalence: func() string {
		if len(matching) == 1 {
			return "the pattern matches only one selection"
		}
		return ""
	}})
	if len(matching) < 2 {
		return
	}
	for _, s := range matching {
		list.Children = append(list.Children, &condition.Tree{Op: condition.Name, Name: s.name})
	}
	for i, child := range list.Children {
		add(list.Without(i), m.rule.detection.dropped(child, c.Negated))
	}
}

// dropped tells of a term that is gone from the condition; the line is 0 where
// it names no selection.
func (d *detection) dropped(c *condition.Tree, negated bool) mutation {
	a := mutation{operator: SelectionDropped, before: c.String()}
	name := c
	for name.Op == condition.Not {
		name, negated = name.Children[0], !negated
	}
	if name.Op == condition.Name {
		a = d.selectionNamed(name.Name).dropped(a)
	}
	if negated {
		a.operator, a.before = FilterRemoved, c.String()
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
