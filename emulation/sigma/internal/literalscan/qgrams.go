package literalscan

import (
	"math/bits"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
)

// qgrams finds literals anywhere in a text. Of the text only every so many places
// are looked at, four bytes at each, against a bitmap that fits the first-level
// cache. A literal is known by four of its bytes for each way in which it may
// lie between those places, the rarest there are; so the shortest literal tells
// how far apart they may be. What passes is looked up and compared in full.
type qgrams struct {
	stride       int
	bitmap       []uint64
	shift        uint8
	secondBitmap [1 << 16 / 64]uint64 // another bitmap, asked where the first says yes
	table        []qgramSlot          // open addressing by the same hash
	mask         uint32
	candidates   []candidate
}

type qgramSlot struct {
	qgram    uint32
	from, to int32 // of candidates; to 0: empty
}

// MATCHING.md of package sigma has the measurements that chose them.
const (
	qgramSize  = 4
	qgramHash  = 0x9E3779B1
	qgramHash2 = 0x85EBCA6B
	maxStride  = 16
	maxQGrams  = 1 << 13 // in one bitmap; a wider stride is no gain beyond
)

func qgramAt(s string, i int) uint32 {
	return fold.Load4(s, i) | fold.LowerBits&0xffffffff
}

// newQGrams is nil without literals to find.
func newQGrams(refs []Ref) *qgrams {
	if len(refs) == 0 {
		return nil
	}
	g := &qgrams{stride: maxStride}
	for _, f := range refs {
		g.stride = min(g.stride, len(f.Text)-qgramSize+1)
	}
	g.stride = max(1, min(g.stride, maxQGrams/len(refs)))
	common := commonQGrams(refs)
	groups := map[uint32][]candidate{}
	var order []uint32
	for _, f := range refs {
		for first := range g.stride {
			best := first
			for i := first; i+qgramSize <= len(f.Text); i += g.stride {
				if common[qgramAt(f.Text, i)] < common[qgramAt(f.Text, best)] {
					best = i
				}
			}
			gram := qgramAt(f.Text, best)
			if groups[gram] == nil {
				order = append(order, gram)
			}
			groups[gram] = append(groups[gram], newCandidate(f, best))
		}
	}
	g.buildTable(groups, order)
	return g
}

func (g *qgrams) buildTable(groups map[uint32][]candidate, order []uint32) {
	size := min(max(8, bits.Len(uint(len(groups)*32))), 18)
	g.shift = uint8(32 - size)
	g.bitmap = make([]uint64, 1<<size/64)
	g.table = make([]qgramSlot, 1<<bits.Len(uint(len(groups)*2)))
	g.mask = uint32(len(g.table) - 1)
	for _, gram := range order {
		h := gram * qgramHash
		g.bitmap[h>>g.shift/64] |= 1 << (h >> g.shift % 64)
		h2 := gram * qgramHash2 >> 16
		g.secondBitmap[h2>>6] |= 1 << (h2 & 63)
		at := h >> 7 & g.mask
		for g.table[at].to != 0 {
			at = (at + 1) & g.mask
		}
		from := int32(len(g.candidates))
		g.candidates = append(g.candidates, groups[gram]...)
		g.table[at] = qgramSlot{gram, from, int32(len(g.candidates))}
	}
}

// commonQGrams counts how often q-grams are to be expected.
func commonQGrams(refs []Ref) map[uint32]int {
	common := map[uint32]int{}
	for _, text := range commonTexts {
		for i := 0; i+qgramSize <= len(text); i++ {
			common[qgramAt(text, i)] += 20
		}
	}
	for _, f := range refs {
		for i := 0; i+qgramSize <= len(f.Text); i++ {
			common[qgramAt(f.Text, i)]++
		}
	}
	return common
}

// scan reports the predicates of every literal in the text.
func (g *qgrams) scan(t scannedText, m *State) {
	bitmap, shift := g.bitmap, g.shift&31
	for at := 0; at+qgramSize <= len(t.s); at += g.stride {
		gram := qgramAt(t.s, at)
		if h := gram * qgramHash >> shift; bitmap[h>>6]>>(h&63)&1 != 0 {
			g.lookup(gram, at, t, m)
		}
	}
}

func (g *qgrams) lookup(gram uint32, at int, t scannedText, m *State) {
	if h2 := gram * qgramHash2 >> 16; g.secondBitmap[h2>>6]>>(h2&63)&1 == 0 {
		return
	}
	where := gram * qgramHash >> 7 & g.mask
	for {
		slot := &g.table[where]
		if slot.to == 0 {
			return
		}
		if slot.qgram == gram {
			m.checkCandidates(g.candidates[slot.from:slot.to], t, at)
			return
		}
		where = (where + 1) & g.mask
	}
}
