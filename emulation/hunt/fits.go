package hunt

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// fits reports whether a record is what a query looks for.
func fits(n *query.Node, r *Record) bool {
	if n == nil {
		return true
	}
	one := func(child *query.Node) bool { return fits(child, r) }
	folded := func(text string) bool { return n.Pattern.Fits(query.Fold(text)) }
	switch n.Op {
	case query.And:
		return !slices.ContainsFunc(n.Children, func(child *query.Node) bool { return !one(child) })
	case query.Or:
		return slices.ContainsFunc(n.Children, one)
	case query.Not:
		return !one(n.Children[0])
	case query.Host:
		return folded(r.Host)
	case query.Source:
		return slices.ContainsFunc(sourceNames(r.Event.Sources), folded)
	case query.After:
		return !r.Event.Time.Before(n.At)
	case query.Before:
		return r.Event.Time.Before(n.At)
	}
	for _, f := range fieldsOf(r.Event.Fields) {
		if n.Op == query.Field && query.Fold(f.Name) != query.Fold(n.Name) {
			continue
		}
		if n.Op == query.Field && n.Pattern.Any() || slices.ContainsFunc(f.Values, folded) {
			return true
		}
	}
	return false
}
