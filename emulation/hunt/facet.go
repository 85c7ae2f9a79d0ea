package hunt

import (
	"cmp"
	"slices"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// maxCounted bounds the values of a field that are counted in one search.
const maxCounted = 20000

// facetOf counts the values of a field in what was found.
func facetOf(all []found, field string, values int) Facet {
	name, hidden := field, false
	switch field {
	case query.HostName:
		name, hidden = hostField, true
	case query.SourceName:
		name, hidden = wordField, true
	}
	out := Facet{Field: field, Values: []ValueCount{}}
	counts := map[string]int{}
	for _, f := range all {
		f.Count(name, hidden, f.events, func(text string, count int) {
			if _, known := counts[text]; known || len(counts) < maxCounted {
				counts[text] += count
			} else {
				out.Partial = true
			}
		})
	}
	out.Distinct = len(counts)
	if values <= 0 {
		values = 10
	}
	for value, count := range counts {
		out.Values = append(out.Values, ValueCount{Value: value, Count: count})
	}
	slices.SortFunc(out.Values, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	out.Values = slices.Clone(out.Values[:min(len(out.Values), values, MaxValues)])
	for i := range out.Values {
		out.Values[i].Query = query.Pivot(field, out.Values[i].Value)
	}
	return out
}
