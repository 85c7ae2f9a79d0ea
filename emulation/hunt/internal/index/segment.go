package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// MaxEvents is how many events a segment has at most: their numbers within it are then
// the lower half of a bitmap's.
const MaxEvents = 1 << 16

// Segment is an index of events, numbered from 0. It is safe for concurrent use, as it
// never changes.
type Segment struct {
	n      int
	fields []field
	byName map[string][]int // of fields, by the folded name

	// Values are numbered by field, and there in the order of their folded texts. One has
	// text[at[v]:mid[v]] as it is; what follows up to at[v+1] is it folded, unless that is
	// nothing, as it is the same.
	text    string
	at, mid []uint32
	kinds   []kind

	// The events of value v are posts[postAt[v]:postAt[v+1]], or else dense[v].
	postAt []uint32
	posts  []uint16
	dense  map[uint32]*roaring.Bitmap

	grams grams

	// Row i is rows[rowAt[i]:rowAt[i+1]]: the number of its shape, and for each field of
	// it the number of the value within the field.
	shapes [][]uint32
	rowAt  []uint32
	rows   []byte
}

// field is a field and the range of its values: first those of one text, then lists,
// then those that are only kept and not searched.
type field struct {
	name                     string
	derived                  bool // of no row: it is what is inside another field
	first, lists, kept, last uint32
	has                      *roaring.Bitmap // the events that have it
}

// kind says of what type a value was.
type kind uint8

const (
	isString kind = iota
	isBool
	isInt
	isUint
	isFloat
	isNull
	isList // and what follows, as JSON
	isMap
)

// Len is how many events there are.
func (s *Segment) Len() int { return s.n }

// Bytes is how much memory the segment takes, but for small change.
func (s *Segment) Bytes() int {
	size := len(s.text) + 4*(len(s.at)+len(s.mid)+len(s.postAt)+len(s.rowAt)) + len(s.kinds) + 2*len(s.posts) + len(s.rows)
	size += 4*len(s.grams.at) + 2*len(s.grams.blocks) + 96*len(s.fields)
	for _, shape := range s.shapes {
		size += 24 + 4*len(shape)
	}
	for _, f := range s.fields {
		size += int(f.has.GetSizeInBytes()) + 128
	}
	for _, bitmap := range s.dense {
		size += int(bitmap.GetSizeInBytes()) + 128
	}
	return size
}

// raw is a value's text as it is.
func (s *Segment) raw(v uint32) string { return s.text[s.at[v]:s.mid[v]] }

// folded is the same, folded.
func (s *Segment) folded(v uint32) string {
	if s.mid[v] == s.at[v+1] {
		return s.text[s.at[v]:s.mid[v]]
	}
	return s.text[s.mid[v]:s.at[v+1]]
}

// Names calls do with the name of each field that events before that one have.
func (s *Segment) Names(before int, do func(name string)) {
	for _, f := range s.fields {
		if !f.has.IsEmpty() && int(f.has.Minimum()) < before {
			do(f.name)
		}
	}
}

// Has reports whether events before that one have a field, its name in any case.
func (s *Segment) Has(name string, before int) bool {
	return slices.ContainsFunc(s.byName[query.Fold(name)], func(i int) bool {
		has := s.fields[i].has
		return !has.IsEmpty() && int(has.Minimum()) < before
	})
}
