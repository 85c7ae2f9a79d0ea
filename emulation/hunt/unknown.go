package hunt

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// maxSuggested is how long a name may be for another to be suggested.
const maxSuggested = 64

// unknownFields says of each field of a query that no released event has it, with the
// nearest that some have.
func (n *snapshot) unknownFields(q query.Query, released int) []query.Problem {
	var asked []*query.Node
	fieldNodes(q.Root(), &asked)
	if len(asked) == 0 {
		return nil
	}
	var notes []query.Problem
	var known []string
	for _, node := range asked {
		if n.hasField(node.Name, released) {
			continue
		}
		if known == nil {
			known = n.fieldNames(released)
		}
		note := query.Problem{From: node.From, To: node.To, Text: fmt.Sprintf("no event so far has a field %s", node.Name)}
		if len(node.Name) > maxSuggested {
			notes = append(notes, note)
			continue
		}
		if near := diagnostic.Nearest(node.Name, known); near != "" {
			note.Text += fmt.Sprintf(": did you mean %s?", near)
			note.Instead = near
		}
		notes = append(notes, note)
	}
	return notes
}

func fieldNodes(n *query.Node, out *[]*query.Node) {
	if n == nil {
		return
	}
	if n.Op == query.Field {
		*out = append(*out, n)
	}
	for _, child := range n.Children {
		fieldNodes(child, out)
	}
}

func (n *snapshot) hasField(name string, released int) bool {
	return slices.ContainsFunc(n.parts, func(p *part) bool {
		return p.Has(name, released-p.first)
	})
}

// Fields are the names of the fields that released events have, sorted.
func (s *Store) Fields(released int) []string { return s.current.Load().fieldNames(released) }

func (n *snapshot) fieldNames(released int) []string {
	names := map[string]bool{}
	for _, p := range n.parts {
		if p.first < released {
			p.Names(released-p.first, func(name string) { names[name] = true })
		}
	}
	return slices.Sorted(maps.Keys(names))
}
