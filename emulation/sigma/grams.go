package sigma

import "math/bits"

// grams finds literals anywhere in a text. Of the text only every so many places
// are looked at, four bytes at each, against a bitmap that fits the first-level
// cache. A literal is known by four of its bytes for each way in which it may
// lie between those places, the rarest there are; so the shortest literal tells
// how far apart they may be. What passes is looked up and compared in full.
type grams struct {
	stride int
	bitmap []uint64
	shift  uint8
	second [1 << 16 / 64]uint64 // another bitmap, asked where the first says yes
	table  []gramSlot           // open addressing by the same hash
	mask   uint32
	spots  []spot
}

type gramSlot struct {
	gram     uint32
	from, to int32 // of spots; to 0: empty
}

const (
	gramSize  = 4
	gramHash  = 0x9E3779B1
	gramHash2 = 0x85EBCA6B
	maxStride = 16
	maxGrams  = 1 << 13 // in one bitmap; a wider stride is no gain beyond
)

func gramAt(s string, i int) uint32 {
	return load4(s, i) | lowerBits&0xffffffff
}

// newGrams is nil without literals to find.
func newGrams(finds []find) *grams {
	if len(finds) == 0 {
		return nil
	}
	g := &grams{stride: maxStride}
	for _, f := range finds {
		g.stride = min(g.stride, len(f.lit)-gramSize+1)
	}
	g.stride = max(1, min(g.stride, maxGrams/len(finds)))
	common := commonGrams(finds)
	groups := map[uint32][]spot{}
	var order []uint32
	for _, f := range finds {
		for first := range g.stride {
			best := first
			for i := first; i+gramSize <= len(f.lit); i += g.stride {
				if common[gramAt(f.lit, i)] < common[gramAt(f.lit, best)] {
					best = i
				}
			}
			gram := gramAt(f.lit, best)
			if groups[gram] == nil {
				order = append(order, gram)
			}
			groups[gram] = append(groups[gram], newSpot(f, best))
		}
	}
	g.lay(groups, order)
	return g
}

func (g *grams) lay(groups map[uint32][]spot, order []uint32) {
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
		from := int32(len(g.spots))
		g.spots = append(g.spots, groups[gram]...)
		g.table[at] = gramSlot{gram, from, int32(len(g.spots))}
	}
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

// scan reports the predicates of every literal in the text.
func (g *grams) scan(t text, x *scratch) {
	bitmap, shift := g.bitmap, g.shift&31
	for at := 0; at+gramSize <= len(t.s); at += g.stride {
		gram := gramAt(t.s, at)
		if h := gram * gramHash >> shift; bitmap[h>>6]>>(h&63)&1 != 0 {
			g.lookup(gram, at, t, x)
		}
	}
}

func (g *grams) lookup(gram uint32, at int, t text, x *scratch) {
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
			x.report(g.spots[slot.from:slot.to], t, at)
			return
		}
		where = (where + 1) & g.mask
	}
}
