package condition

import (
	"slices"
)

// Term is a node of a condition.
type Term struct {
	*Tree
	Negated bool              // it stands below a "not"
	Listed  bool              // it is part of an "and" or an "or", and can be left out of it
	Replace func(*Tree) *Tree // the condition with another in its place
}

// VisitTerms visits every node of a condition.
func (c *Tree) VisitTerms(visit func(Term)) {
	Term{Tree: c, Replace: func(altered *Tree) *Tree { return altered }}.walk(visit)
}

func (p Term) walk(visit func(Term)) {
	visit(p)
	for i, child := range p.Children {
		Term{
			Tree: child, Negated: p.Negated != (p.Op == Not), Listed: p.Op != Not,
			Replace: func(altered *Tree) *Tree {
				out := *p.Tree
				out.Children = slices.Clone(p.Children)
				out.Children[i] = altered
				return p.Replace(&out)
			},
		}.walk(visit)
	}
}

// Without is an "and" or "or" less one of its parts.
func (c *Tree) Without(at int) *Tree {
	children := slices.Delete(slices.Clone(c.Children), at, at+1)
	if len(children) == 1 {
		return children[0]
	}
	return &Tree{Op: c.Op, Children: children}
}

// Swapped has the word after a part be the other one: "and" binds its neighbours
// more closely than "or".
func (c *Tree) Swapped(at int) *Tree {
	joined := func(op Op, children []*Tree) *Tree {
		if len(children) == 1 {
			return children[0]
		}
		return &Tree{Op: op, Children: slices.Clone(children)}
	}
	if c.Op == And {
		return &Tree{Op: Or, Children: []*Tree{joined(And, c.Children[:at+1]), joined(And, c.Children[at+1:])}}
	}
	children := slices.Clone(c.Children)
	return joined(Or, slices.Replace(children, at, at+2, joined(And, c.Children[at:at+2])))
}
