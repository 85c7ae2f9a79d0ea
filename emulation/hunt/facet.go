package hunt

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// maxCounted bounds the values of a field that are counted in one search.
const maxCounted = 20000

// facetOf counts the values of a field in what was found.
func facetOf(all []found, n names, field string, values int) Facet {
	out := Facet{Field: field, Values: []ValueCount{}}
	counts := map[string]int{}
	for _, f := range all {
		f.count(field, n, func(text string, count int) {
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

// count calls do with the values of a field, of the host or of the log source, and how
// many of the events found have each.
func (f found) count(field string, n names, do func(text string, count int)) {
	each := func(events map[uint16]*roaring.Bitmap, name func(number uint16) string) {
		for number, has := range events {
			if count := f.events.AndCardinality(has); count > 0 {
				do(name(number), int(count))
			}
		}
	}
	switch field {
	case query.HostName:
		each(f.ofHost, func(host uint16) string { return n.hosts[host] })
	case query.SourceName:
		each(f.ofSource, func(source uint16) string { return event.Event{Sources: n.sources[source]}.SourceName() })
	default:
		f.Count(field, f.events, do)
	}
}
