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
	second [1 << 16 / 64]uint64 // another bitmap, asked where the first says yes
	table  []gramSlot           // open addressing by the same hash
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

	gramHash2 = 0x85EBCA6B
	// lowerBits makes letters small, and some other bytes one: in the texts as in
	// the grams, so that a text of ASCII need not be folded to be scanned.
	lowerBits = 0x2020202020202020
)

func gramAt(s string, i int) uint32 {
	return binary.LittleEndian.Uint32(unsafe.Slice(unsafe.StringData(s[i:i+gramSize]), gramSize)) | lowerBits&0xffffffff
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
	size := min(max(8, bits.Len(uint(len(groups)*32))), 18)
	g.shift = uint8(32 - size)
	g.bitmap = make([]uint64, 1<<size/64)
	g.table = make([]gramSlot, 1<<bits.Len(uint(len(groups)*2)))
	g.mask = uint32(len(g.table) - 1)
	for _, gram := range order {
		h := gram * gramHash
		g.bitmap[h>>g.shift/64] |= 1 << (h >> g.shift % 64)
		h2 := gram * gramHash2 >> 16
		g.second[h2>>6] |= 1 << (h2 & 63)
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

// scan reports the predicates of every literal in s, the text of index i, and
// whether s is ASCII alone, which costs no pass of its own here. Four places are
// looked at together, since hardly any holds something.
func (g *grams) scan(s string, i int32, x *scratch) (plain bool) {
	if len(s) < gramSize {
		return ascii(s)
	}
	bitmap, shift := g.bitmap, g.shift&31
	var high uint64
	at := 0
	for ; at+8 <= len(s); at += 4 {
		w := load8(s, at) | lowerBits
		high |= w
		h0 := uint32(w) * gramHash >> shift
		h1 := uint32(w>>8) * gramHash >> shift
		h2 := uint32(w>>16) * gramHash >> shift
		h3 := uint32(w>>24) * gramHash >> shift
		b0 := bitmap[h0>>6] >> (h0 & 63) & 1
		b1 := bitmap[h1>>6] >> (h1 & 63) & 1
		b2 := bitmap[h2>>6] >> (h2 & 63) & 1
		b3 := bitmap[h3>>6] >> (h3 & 63) & 1
		for hits := b0 | b1<<1 | b2<<2 | b3<<3; hits != 0; hits &= hits - 1 {
			n := bits.TrailingZeros64(hits)
			g.lookup(uint32(w>>(8*n)), at+n, i, x)
		}
	}
	for ; at+gramSize <= len(s); at++ {
		gram := gramAt(s, at)
		high |= uint64(gram)
		if h := gram * gramHash >> shift; bitmap[h>>6]>>(h&63)&1 != 0 {
			g.lookup(gram, at, i, x)
		}
	}
	return high&highBits == 0
}

func (g *grams) lookup(gram uint32, at int, i int32, x *scratch) {
	if h2 := gram * gramHash2 >> 16; g.second[h2>>6]>>(h2&63)&1 == 0 {
		return
	}
	where := gram * gramHash >> 7 & g.mask
	for {
		slot := &g.table[where]
		if slot.to == 0 {
			return
		}
		if slot.gram == gram {
			low := x.low(i)
			for j := slot.from; j < slot.to; j++ {
				if p := &g.places[j]; p.stands(low, at-int(p.offset)) {
					x.found(p.pred, p.sure)
				}
			}
			return
		}
		where = (where + 1) & g.mask
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
