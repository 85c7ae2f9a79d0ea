package hunt_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// naive answers queries by looking at every field of every event.
type naive []hunt.Record

// matches reports whether a record is what a query looks for.
func matches(n *query.Node, r *hunt.Record) bool {
	if n == nil {
		return true
	}
	one := func(child *query.Node) bool { return matches(child, r) }
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
		for _, s := range r.Event.Sources {
			for _, name := range []string{s.Category, s.Service, s.Product} {
				if name != "" && folded(name) {
					return true
				}
			}
		}
		return false
	case query.After:
		return !r.Event.Time.Before(n.At)
	case query.Before:
		return r.Event.Time.Before(n.At)
	}
	for name, values := range flat("", r.Event.Fields) {
		if n.Op == query.Field && !strings.EqualFold(name, n.Name) {
			continue
		}
		if n.Op == query.Field && n.Pattern.Any() || slices.ContainsFunc(values, folded) {
			return true
		}
	}
	return false
}

// flat are the texts of an event by field, those inside another by both names.
func flat(before string, fields map[string]any) map[string][]string {
	out := map[string][]string{}
	for name, value := range fields {
		name = before + name
		switch value := value.(type) {
		case map[string]any:
			for inner, values := range flat(name+".", value) {
				if _, hidden := fields[inner]; !hidden || before != "" {
					out[inner] = append(out[inner], values...)
				}
			}
		case []any:
			out[name] = append(out[name], []string{}...)
			for _, element := range value {
				out[name] = append(out[name], element.(string))
			}
		case nil:
			out[name] = append(out[name], []string{}...)
		case int:
			out[name] = append(out[name], strings.TrimSpace(string(rune('0'+value))))
		case string:
			out[name] = append(out[name], value)
		}
	}
	return out
}

// search is the numbers of the records that fit among the first so many.
func (n naive) search(q query.Query, released int) []int {
	var found []int
	for i := range n[:min(released, len(n))] {
		if matches(q.Root(), &n[i]) {
			found = append(found, i)
		}
	}
	return found
}

// facet counts the values of a field in these records, the most frequent first.
func (n naive) facet(found []int, field string) []hunt.ValueCount {
	counts := map[string]int{}
	for _, i := range found {
		values := flat("", n[i].Event.Fields)[field]
		switch field {
		case query.HostName:
			values = []string{n[i].Host}
		case query.SourceName:
			values = []string{n[i].Event.SourceName()}
		}
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			counts[value]++
		}
	}
	out := []hunt.ValueCount{}
	for _, value := range slices.Collect(maps.Keys(counts)) {
		out = append(out, hunt.ValueCount{Value: value, Count: counts[value], Query: query.Pivot(field, value)})
	}
	slices.SortFunc(out, func(a, b hunt.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out
}
