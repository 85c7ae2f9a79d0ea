package sigma

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// grams finds literals anywhere in a text. Each literal is known by its rarest
// four bytes; the text is gone through once, four bytes at a time, against a
// bitmap that fits the first-level cache. What passes is looked up and compared
// in full.
type grams struct {
	bitmap []uint64
	shift  uint8
	table  []gramSlot // open addressing by the same hash
	mask   uint32
	places []gramPlace
}

type gramSlot struct {
	gram     uint32
	from, to int32 // of places; to 0: empty
}

type gramPlace struct {
	find
	offset int32 // of the gram in the literal
}

const (
	gramSize = 4
	gramHash = 0x9E3779B1
)

func gramAt(s string, i int) uint32 {
	return binary.LittleEndian.Uint32(unsafe.Slice(unsafe.StringData(s[i:i+gramSize]), gramSize))
}

// newGrams is nil without literals to find.
func newGrams(finds []find) *grams {
	if len(finds) == 0 {
		return nil
	}
	common := commonGrams(finds)
	groups := map[uint32][]gramPlace{}
	var order []uint32
	for _, f := range finds {
		best := 0
		for i := 1; i+gramSize <= len(f.lit); i++ {
			if common[gramAt(f.lit, i)] < common[gramAt(f.lit, best)] {
				best = i
			}
		}
		gram := gramAt(f.lit, best)
		if groups[gram] == nil {
			order = append(order, gram)
		}
		groups[gram] = append(groups[gram], gramPlace{f, int32(best)})
	}
	g := &grams{}
	size := min(max(8, bits.Len(uint(len(groups)*16))), 18)
	g.shift = uint8(32 - size)
	g.bitmap = make([]uint64, 1<<size/64)
	g.table = make([]gramSlot, 1<<bits.Len(uint(len(groups)*2)))
	g.mask = uint32(len(g.table) - 1)
	for _, gram := range order {
		h := gram * gramHash
		g.bitmap[h>>g.shift/64] |= 1 << (h >> g.shift % 64)
		at := h >> 7 & g.mask
		for g.table[at].to != 0 {
			at = (at + 1) & g.mask
		}
		from := int32(len(g.places))
		g.places = append(g.places, groups[gram]...)
		g.table[at] = gramSlot{gram, from, int32(len(g.places))}
	}
	return g
}

// commonGrams counts how often grams are to be expected.
func commonGrams(finds []find) map[uint32]int {
	common := map[uint32]int{}
	for _, text := range commonTexts {
		for i := 0; i+gramSize <= len(text); i++ {
			common[gramAt(text, i)] += 20
		}
	}
	for _, f := range finds {
		for i := 0; i+gramSize <= len(f.lit); i++ {
			common[gramAt(f.lit, i)]++
		}
	}
	return common
}

// scan reports the predicates of every literal in s.
func (g *grams) scan(s string, x *scratch) {
	bitmap, shift := g.bitmap, g.shift&31
	for i := 0; i+gramSize <= len(s); i++ {
		gram := gramAt(s, i)
		h := gram * gramHash >> shift
		if word := int(h >> 6); word < len(bitmap) && bitmap[word]&(1<<(h&63)) != 0 {
			g.lookup(gram, s, i, x)
		}
	}
}

func (g *grams) lookup(gram uint32, s string, i int, x *scratch) {
	at := gram * gramHash >> 7 & g.mask
	for {
		slot := &g.table[at]
		if slot.to == 0 {
			return
		}
		if slot.gram == gram {
			for j := slot.from; j < slot.to; j++ {
				if p := &g.places[j]; p.stands(s, i-int(p.offset)) {
					x.found(p.pred, p.sure)
				}
			}
			return
		}
		at = (at + 1) & g.mask
	}
}

// stands says whether the needle is in s at start, where it has to be.
func (f *find) stands(s string, start int) bool {
	end := start + len(f.lit)
	if start < 0 || end > len(s) || s[start:end] != f.lit {
		return false
	}
	switch f.place {
	case atStart:
		return start == 0
	case atEnd:
		return end == len(s)
	}
	return true
}
