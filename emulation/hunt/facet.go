package hunt

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// The bounds of what is counted in one search: values of a field, and events of a part
// that are looked at one by one, which is slower for more.
const (
	maxCounted = 20000
	fewEvents  = 1500
)

// counter counts the values of one field.
type counter struct {
	field   string
	counts  map[string]int
	partial bool
}

func (c *counter) add(text string, count int) {
	if _, known := c.counts[text]; known || len(c.counts) < maxCounted {
		c.counts[text] += count
	} else {
		c.partial = true
	}
}

// facetsOf counts the values of fields in what was found.
func facetsOf(all []found, n names, fields []string, values int) []Facet {
	var counters []*counter
	var inRows []string // the fields that an event's row has
	for _, field := range fields {
		counters = append(counters, &counter{field: field, counts: map[string]int{}})
		if field != query.HostName && field != query.SourceName && !strings.Contains(field, ".") && !slices.Contains(inRows, field) {
			inRows = append(inRows, field)
		}
	}
	for _, f := range all {
		few := f.events.GetCardinality() <= fewEvents
		if few {
			f.CountRows(inRows, f.events, func(place int, text string, count int) {
				for _, c := range counters {
					if c.field == inRows[place] {
						c.add(text, count)
					}
				}
			})
		}
		for _, c := range counters {
			if !few || !slices.Contains(inRows, c.field) {
				f.count(c.field, n, c.add)
			}
		}
	}
	out := make([]Facet, len(counters))
	for i, c := range counters {
		out[i] = c.facet(values)
	}
	return out
}

// facet has the most frequent values, so many.
func (c *counter) facet(values int) Facet {
	out := Facet{Field: c.field, Values: []ValueCount{}, Distinct: len(c.counts), Partial: c.partial}
	if values <= 0 {
		values = 10
	}
	for value, count := range c.counts {
		out.Values = append(out.Values, ValueCount{Value: value, Count: count})
	}
	slices.SortFunc(out.Values, func(a, b ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	out.Values = slices.Clone(out.Values[:min(len(out.Values), values, MaxValues)])
	for i := range out.Values {
		out.Values[i].Query = query.Pivot(c.field, out.Values[i].Value)
	}
	return out
}

// count calls do with the values of a field, of the host or of the log source, and how
// many of the events found have each.
func (f found) count(field string, n names, do func(text string, count int)) {
	switch field {
	case query.HostName:
		f.countColumn(f.hosts, f.ofHost, func(host uint16, count int) { do(n.hosts[host], count) })
	case query.SourceName:
		f.countColumn(f.sources, f.ofSource, func(source uint16, count int) {
			do(event.Event{Sources: n.sources[source]}.SourceName(), count)
		})
	default:
		f.Count(field, f.events, do)
	}
}

// countColumn calls do with the numbers that the events found have in a column; events
// are all of the part by their number.
func (f found) countColumn(column []uint16, events map[uint16]*roaring.Bitmap, do func(number uint16, count int)) {
	if f.events.GetCardinality() > fewEvents {
		for number, has := range events {
			if count := f.events.AndCardinality(has); count > 0 {
				do(number, int(count))
			}
		}
		return
	}
	counts := map[uint16]int{}
	for next := f.events.Iterator(); next.HasNext(); {
		counts[column[next.Next()]]++
	}
	for number, count := range counts {
		do(number, count)
	}
}
