package sigma

import (
	"math/bits"
	"slices"
)

// pairs finds literals of up to three bytes, which grams are too long for, by
// their rarest two bytes. Rules seldom have nothing better, so few are found. A
// single byte is found by what may stand before it; edges find one at the start.
type pairs struct {
	bitmap [1 << 16 / 64]uint64
	places map[uint16][]pairPlace
}

type pairPlace struct {
	find
	offset int // of the pair in the literal
}

const pairSize = 2

func pairAt(s string, i int) uint16 {
	return uint16(s[i]) | uint16(s[i+1])<<8 | lowerBits&0xffff
}

// newPairs is nil without literals to find.
func newPairs(finds []find) *pairs {
	if len(finds) == 0 {
		return nil
	}
	common := map[uint16]int{}
	for _, text := range commonTexts {
		for i := 0; i+pairSize <= len(text); i++ {
			common[pairAt(text, i)]++
		}
	}
	p := &pairs{places: map[uint16][]pairPlace{}}
	for _, f := range finds {
		if len(f.lit) < pairSize {
			for before := range 256 {
				p.add(pairAt(string([]byte{byte(before), f.lit[0]}), 0), pairPlace{f, -1})
			}
			continue
		}
		best := 0
		if len(f.lit) > pairSize && common[pairAt(f.lit, 1)] < common[pairAt(f.lit, 0)] {
			best = 1
		}
		p.add(pairAt(f.lit, best), pairPlace{f, best})
	}
	return p
}

func (p *pairs) add(pair uint16, place pairPlace) {
	p.bitmap[pair>>6] |= 1 << (pair & 63)
	if !slices.Contains(p.places[pair], place) {
		p.places[pair] = append(p.places[pair], place)
	}
}

// scan reports the predicates of every literal in s, the text of index i.
func (p *pairs) scan(s string, i int32, x *scratch) {
	at := 0
	for ; at+8 <= len(s); at += 4 {
		w := load8(s, at) | lowerBits
		b0 := p.bitmap[uint16(w)>>6] >> (w & 63) & 1
		b1 := p.bitmap[uint16(w>>8)>>6] >> (w >> 8 & 63) & 1
		b2 := p.bitmap[uint16(w>>16)>>6] >> (w >> 16 & 63) & 1
		b3 := p.bitmap[uint16(w>>24)>>6] >> (w >> 24 & 63) & 1
		for hits := b0 | b1<<1 | b2<<2 | b3<<3; hits != 0; hits &= hits - 1 {
			n := bits.TrailingZeros64(hits)
			p.lookup(uint16(w>>(8*n)), at+n, i, x)
		}
	}
	for ; at+pairSize <= len(s); at++ {
		pair := pairAt(s, at)
		if p.bitmap[pair>>6]>>(pair&63)&1 != 0 {
			p.lookup(pair, at, i, x)
		}
	}
}

func (p *pairs) lookup(pair uint16, at int, i int32, x *scratch) {
	low := x.low(i)
	places := p.places[pair]
	for j := range places {
		if f := &places[j]; f.stands(low, at-f.offset) {
			x.found(f.pred, f.sure)
		}
	}
}
