package index

import (
	"slices"
	"sort"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/ringer-lab/ringer/emulation/hunt/query"
)

// words is how many words a bitmap of a whole segment has.
const words = MaxEvents / 64

// set gathers the events of many values.
type set struct {
	bits  [words]uint64
	whole []*roaring.Bitmap
}

func (t *set) add(s *Segment, v uint32) {
	if bitmap := s.dense[v]; bitmap != nil {
		t.whole = append(t.whole, bitmap)
		return
	}
	for _, event := range s.posts[s.postAt[v]:s.postAt[v+1]] {
		t.bits[event>>6] |= 1 << (event & 63)
	}
}

func (t *set) bitmap() *roaring.Bitmap {
	out := roaring.FromDense(t.bits[:], false)
	for _, bitmap := range t.whole {
		out.Or(bitmap)
	}
	return out
}

// Field finds the events with a value of the field that fits. The name is in any case.
func (s *Segment) Field(name string, p query.Pattern) *roaring.Bitmap {
	t := new(set)
	for _, i := range s.byName[query.Fold(name)] {
		s.findIn(t, &s.fields[i], p)
	}
	return t.bitmap()
}

// scanned is how many values are looked at one by one rather than by their letters.
const scanned = 512

func (s *Segment) findIn(t *set, f *field, p query.Pattern) {
	if p.Any() {
		t.whole = append(t.whole, f.has)
		return
	}
	for v := f.lists; v < f.kept; v++ {
		s.addIfFits(t, v, p)
	}
	first, last := f.first, f.lists
	if p.Start {
		first, last = s.beginning(first, last, p.Pieces[0])
	}
	if piece := p.Longest(); last-first > scanned && len(piece) >= 3 {
		for _, block := range s.grams.find(piece) {
			from, to := uint32(block)<<s.grams.shift, (uint32(block)+1)<<s.grams.shift
			for v := max(first, from); v < min(last, to); v++ {
				s.addIfFits(t, v, p)
			}
		}
		return
	}
	for v := first; v < last; v++ {
		s.addIfFits(t, v, p)
	}
}

// beginning is the range of those values that begin with a text.
func (s *Segment) beginning(first, last uint32, with string) (from, to uint32) {
	from = first + uint32(sort.Search(int(last-first), func(i int) bool { return s.folded(first+uint32(i)) >= with }))
	n := sort.Search(int(last-from), func(i int) bool { return !strings.HasPrefix(s.folded(from+uint32(i)), with) })
	return from, from + uint32(n)
}

func (s *Segment) addIfFits(t *set, v uint32, p query.Pattern) {
	if s.fits(v, p) {
		t.add(s, v)
	}
}

func (s *Segment) fits(v uint32, p query.Pattern) bool {
	if s.kinds[v] == isList || s.kinds[v] == isNull {
		return slices.ContainsFunc(s.foldedTexts(v), p.Fits)
	}
	return p.Fits(s.folded(v))
}

// Text finds the events of which some value contains what fits. The pattern must have a
// piece of three bytes or more.
func (s *Segment) Text(p query.Pattern) *roaring.Bitmap {
	t := new(set)
	p = p.Contains()
	for _, block := range s.grams.find(p.Longest()) {
		from, to := uint32(block)<<s.grams.shift, (uint32(block)+1)<<s.grams.shift
		for v := from; v < min(to, uint32(len(s.kinds))); v++ {
			if s.kinds[v] != isMap && s.fits(v, p) {
				t.add(s, v)
			}
		}
	}
	return t.bitmap()
}

// All finds every event.
func (s *Segment) All() *roaring.Bitmap {
	out := roaring.New()
	out.AddRange(0, uint64(s.n))
	return out
}
