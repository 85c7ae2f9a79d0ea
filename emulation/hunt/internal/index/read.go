package index

import (
	"encoding/binary"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Fields are the fields of an event as they were given, but that whole numbers are int64
// or uint64. The map is the caller's.
func (s *Segment) Fields(event int) map[string]any {
	out := make(map[string]any, 16)
	s.row(event, func(f *field, v uint32) {
		out[f.name] = s.value(v)
	})
	return out
}

// row calls do with each field of an event and its value.
func (s *Segment) row(event int, do func(f *field, v uint32)) {
	row := s.rows[s.rowAt[event]:s.rowAt[event+1]]
	shape, size := binary.Uvarint(row)
	row = row[size:]
	for _, number := range s.shapes[shape] {
		v, size := binary.Uvarint(row)
		row = row[size:]
		do(&s.fields[number], s.fields[number].first+uint32(v))
	}
}

// Count calls do with each text that the field called exactly that has in the events,
// and how many of them have it. A text may come more than once.
func (s *Segment) Count(name string, events *roaring.Bitmap, do func(text string, count int)) {
	if events.IsEmpty() {
		return
	}
	var bits []uint64
	all := events.GetCardinality() == uint64(s.n)
	for i := range s.fields {
		f := &s.fields[i]
		if f.name != name {
			continue
		}
		if bits == nil && !all {
			bits = make([]uint64, words)
			events.WriteDenseTo(bits)
		}
		for v := f.first; v < f.kept; v++ {
			if count := s.countIn(v, events, bits, all); count > 0 {
				s.eachText(v, func(text string) { do(text, count) })
			}
		}
	}
}

func (s *Segment) countIn(v uint32, events *roaring.Bitmap, bits []uint64, all bool) int {
	bitmap := s.dense[v]
	switch {
	case bitmap != nil && all:
		return int(bitmap.GetCardinality())
	case bitmap != nil:
		return int(bitmap.AndCardinality(events))
	case all:
		return int(s.postAt[v+1] - s.postAt[v])
	}
	count := 0
	for _, event := range s.posts[s.postAt[v]:s.postAt[v+1]] {
		count += int(bits[event>>6] >> (event & 63) & 1)
	}
	return count
}

// eachText calls do with each text of a value, once.
func (s *Segment) eachText(v uint32, do func(string)) {
	switch s.kinds[v] {
	case isNull:
	case isList:
		seen := map[string]bool{}
		for _, text := range Texts(nil, decodeJSON(s.raw(v))) {
			if !seen[text] {
				seen[text] = true
				do(text)
			}
		}
	default:
		do(s.raw(v))
	}
}

// CountRows is Count of several fields, each named once, by looking at every event: it is
// for few events. It calls do with the place of the field in names. Fields that are
// inside others are not looked at.
func (s *Segment) CountRows(names []string, events *roaring.Bitmap, do func(place int, text string, count int)) {
	places := make([][]int, len(s.shapes)) // by shape, and then by the place of the field in it
	counts := make([]map[uint32]int, len(names))
	for i := range counts {
		counts[i] = map[uint32]int{}
	}
	for next := events.Iterator(); next.HasNext(); {
		event := next.Next()
		row := s.rows[s.rowAt[event]:s.rowAt[event+1]]
		shape, size := binary.Uvarint(row)
		row = row[size:]
		if places[shape] == nil {
			places[shape] = s.placesIn(s.shapes[shape], names)
		}
		for at, place := range places[shape] {
			v, size := binary.Uvarint(row)
			row = row[size:]
			if place >= 0 {
				counts[place][s.fields[s.shapes[shape][at]].first+uint32(v)]++
			}
		}
	}
	for place := range counts {
		for v, count := range counts[place] {
			if s.kinds[v] != isMap {
				s.eachText(v, func(text string) { do(place, text, count) })
			}
		}
	}
}

// placesIn is for each field of a shape where it is in names, or -1.
func (s *Segment) placesIn(shape []uint32, names []string) []int {
	out := make([]int, len(shape))
	for at, field := range shape {
		out[at] = slices.Index(names, s.fields[field].name)
	}
	return out
}
