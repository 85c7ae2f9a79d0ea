package index

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// Build makes the index of at most [MaxEvents] events, by their fields.
func Build(events []map[string]any) *Segment {
	b := builder{byField: map[fieldKey]*fieldValues{}, byShape: map[string]uint32{}}
	for i := range events {
		b.add(i, events[i])
	}
	return b.segment(len(events))
}

type fieldKey struct {
	name    string
	derived bool
}

// fieldValues are the values of a field in the order in which they came.
type fieldValues struct {
	fieldKey
	number uint32            // of the field, in that order
	texts  map[string]uint32 // those of strings, and others
	others map[newKey]uint32
	values []newValue
}

type newKey struct {
	raw  string
	kind kind
}

type newValue struct {
	raw, folded string
	kind        kind
}

// entry is an event's value: of which field, and which of it.
type entry struct{ event, field, value uint32 }

type builder struct {
	byField map[fieldKey]*fieldValues
	fields  []*fieldValues
	entries []entry // of all events in their order, those of derived fields, too
	byShape map[string]uint32
	shapes  [][]uint32
	shapeOf []uint32

	names    []string // of the present event, as what follows
	shape    []uint32
	shapeKey []byte
}

func (b *builder) add(event int, values map[string]any) {
	b.names = slices.AppendSeq(b.names[:0], maps.Keys(values))
	slices.Sort(b.names)
	b.shape, b.shapeKey = b.shape[:0], b.shapeKey[:0]
	for _, name := range b.names {
		field := b.enter(event, fieldKey{name: name}, values[name])
		b.shape, b.shapeKey = append(b.shape, field), binary.AppendUvarint(b.shapeKey, uint64(field))
		Flatten(values, name, func(inner string, value any) { b.enter(event, fieldKey{inner, true}, value) })
	}
	number, ok := b.byShape[string(b.shapeKey)]
	if !ok {
		number = uint32(len(b.shapes))
		b.byShape[string(b.shapeKey)] = number
		b.shapes = append(b.shapes, slices.Clone(b.shape))
	}
	b.shapeOf = append(b.shapeOf, number)
}

func (b *builder) enter(event int, key fieldKey, value any) (field uint32) {
	f := b.byField[key]
	if f == nil {
		f = &fieldValues{fieldKey: key, number: uint32(len(b.fields)), texts: map[string]uint32{}, others: map[newKey]uint32{}}
		b.byField[key] = f
		b.fields = append(b.fields, f)
	}
	raw, kind := encode(value)
	made := entry{uint32(event), f.number, f.valueNumber(raw, kind)}
	for i := len(b.entries) - 1; key.derived && i >= 0 && b.entries[i].event == made.event; i-- {
		if b.entries[i] == made {
			return f.number // two ways lead to it
		}
	}
	b.entries = append(b.entries, made)
	return f.number
}

// valueNumber is the number of a value among those of its field.
func (f *fieldValues) valueNumber(raw string, kind kind) uint32 {
	v, ok := uint32(0), false
	if kind == isString {
		v, ok = f.texts[raw]
	} else {
		v, ok = f.others[newKey{raw, kind}]
	}
	if ok {
		return v
	}
	v = uint32(len(f.values))
	f.values = append(f.values, newValue{raw, query.Fold(raw), kind})
	if kind == isString {
		f.texts[raw] = v
	} else {
		f.others[newKey{raw, kind}] = v
	}
	return v
}

// class orders values of one text before lists, and these before what is only kept.
func (v newValue) class() int {
	switch v.kind {
	case isList:
		return 1
	case isMap:
		return 2
	}
	return 0
}

func (b *builder) segment(n int) *Segment {
	s := &Segment{n: n, byName: map[string][]int{}, dense: map[uint32]*roaring.Bitmap{}, shapes: b.shapes}
	place := b.addValues(s)
	b.addPosts(s, place)
	b.addRows(s, place)
	for i := range s.fields {
		s.fields[i].has = s.eventsWith(&s.fields[i])
	}
	s.grams = newGrams(s)
	return s
}

// addValues sorts the values and numbers them; place is the number of each.
func (b *builder) addValues(s *Segment) (place [][]uint32) {
	var text []byte
	place = make([][]uint32, len(b.fields))
	for i, f := range b.fields {
		order := make([]uint32, len(f.values))
		for v := range order {
			order[v] = uint32(v)
		}
		slices.SortFunc(order, func(a, b uint32) int {
			x, y := &f.values[a], &f.values[b]
			return cmp.Or(cmp.Compare(x.class(), y.class()), cmp.Compare(x.folded, y.folded), cmp.Compare(x.raw, y.raw), cmp.Compare(x.kind, y.kind))
		})
		made := field{name: f.name, derived: f.derived, first: uint32(len(s.at))}
		made.lists, made.kept = made.first, made.first
		place[i] = make([]uint32, len(order))
		for _, v := range order {
			value := f.values[v]
			place[i][v] = uint32(len(s.at))
			s.at, s.kinds = append(s.at, uint32(len(text))), append(s.kinds, value.kind)
			text = append(text, value.raw...)
			s.mid = append(s.mid, uint32(len(text)))
			if value.folded != value.raw && value.class() == 0 {
				text = append(text, value.folded...)
			}
			made.last = uint32(len(s.at))
			if value.class() < 2 {
				made.kept = made.last
			}
			if value.class() < 1 {
				made.lists = made.last
			}
		}
		s.fields = append(s.fields, made)
		folded := query.Fold(f.name)
		s.byName[folded] = append(s.byName[folded], i)
	}
	s.at = append(s.at, uint32(len(text)))
	s.text = string(text)
	return place
}

// denseFrom is how many events a value must have to be kept as a bitmap.
const denseFrom = 2048

func (b *builder) addPosts(s *Segment, place [][]uint32) {
	counts := make([]uint32, len(s.kinds)+1)
	for _, e := range b.entries {
		counts[place[e.field][e.value]+1]++
	}
	for v := range len(s.kinds) {
		if counts[v+1] >= denseFrom {
			s.dense[uint32(v)] = roaring.New()
			counts[v+1] = 0
		}
	}
	for v := range len(s.kinds) {
		counts[v+1] += counts[v]
	}
	s.postAt = counts
	s.posts = make([]uint16, counts[len(s.kinds)])
	next := slices.Clone(counts)
	for _, e := range b.entries {
		v := place[e.field][e.value]
		if bitmap := s.dense[v]; bitmap != nil {
			bitmap.Add(e.event)
			continue
		}
		s.posts[next[v]] = uint16(e.event)
		next[v]++
	}
	for _, bitmap := range s.dense {
		bitmap.RunOptimize()
	}
}

// eventsWith are the events that have a field, but for what is only kept.
func (s *Segment) eventsWith(f *field) *roaring.Bitmap {
	t := new(set)
	for v := f.first; v < f.kept; v++ {
		t.add(s, v)
	}
	out := t.bitmap()
	out.RunOptimize()
	return out
}

func (b *builder) addRows(s *Segment, place [][]uint32) {
	at := 0
	for event := range uint32(s.n) {
		s.rowAt = append(s.rowAt, uint32(len(s.rows)))
		s.rows = binary.AppendUvarint(s.rows, uint64(b.shapeOf[event]))
		for ; at < len(b.entries) && b.entries[at].event == event; at++ {
			if e := b.entries[at]; !s.fields[e.field].derived {
				s.rows = binary.AppendUvarint(s.rows, uint64(place[e.field][e.value]-s.fields[e.field].first))
			}
		}
	}
	s.rowAt = append(s.rowAt, uint32(len(s.rows)))
}
