package sigma

// pairs finds literals of two or three bytes, which grams are too long for, by
// their rarest two bytes. Rules seldom have nothing better, so few are found.
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
		best := 0
		if len(f.lit) > pairSize && common[pairAt(f.lit, 1)] < common[pairAt(f.lit, 0)] {
			best = 1
		}
		pair := pairAt(f.lit, best)
		p.bitmap[pair>>6] |= 1 << (pair & 63)
		p.places[pair] = append(p.places[pair], pairPlace{f, best})
	}
	return p
}

// scan reports the predicates of every literal in s, the text of index i.
func (p *pairs) scan(s string, i int32, x *scratch) {
	for at := 0; at+pairSize <= len(s); at++ {
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
