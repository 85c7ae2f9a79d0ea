package literalscan

import (
	"math/bits"
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
)

// bigrams finds literals too short for q-grams anywhere in a text, by their rarest
// two bytes. A single byte is found by what may stand before it; anchors find
// one at the start.
type bigrams struct {
	groups     [1 << 16]uint8 // by the pair, 0 where no literal has it
	candidates [256][]candidate
}

const bigramSize = 2

func bigramAt(s string, i int) uint16 {
	return uint16(s[i]) | uint16(s[i+1])<<8 | fold.LowerBits&0xffff
}

// newBigrams is nil without literals to find. Those they are among tell what is
// common in texts.
func newBigrams(refs, among []Ref) *bigrams {
	if len(refs) == 0 {
		return nil
	}
	common := map[uint16]int{}
	for _, text := range commonTexts {
		for i := 0; i+bigramSize <= len(text); i++ {
			common[bigramAt(text, i)] += 20
		}
	}
	for _, f := range among {
		for i := 0; i+bigramSize <= len(f.Text); i++ {
			common[bigramAt(f.Text, i)]++
		}
	}
	byPair := map[uint16][]candidate{}
	var order []uint16
	add := func(pair uint16, p candidate) {
		if byPair[pair] == nil {
			order = append(order, pair)
		}
		if !slices.Contains(byPair[pair], p) {
			byPair[pair] = append(byPair[pair], p)
		}
	}
	for _, f := range refs {
		if len(f.Text) < bigramSize {
			for before := range 256 {
				add(bigramAt(string([]byte{byte(before), f.Text[0]}), 0), newCandidate(f, -1))
			}
			continue
		}
		best := 0
		for i := 1; i+bigramSize <= len(f.Text); i++ {
			if common[bigramAt(f.Text, i)] < common[bigramAt(f.Text, best)] {
				best = i
			}
		}
		add(bigramAt(f.Text, best), newCandidate(f, best))
	}
	p := &bigrams{}
	p.buildTable(byPair, order, common)
	return p
}

// buildTable gives each pair a group of its own, and those for which there is none left
// one of a pair as rare as they are: there they are compared with each other's
// literals in vain. All pairs beyond ASCII share the last, which texts seldom ask
// for; those of the same single byte belong together anyway.
func (p *bigrams) buildTable(byPair map[uint16][]candidate, order []uint16, common map[uint16]int) {
	slices.SortStableFunc(order, func(a, b uint16) int { return common[b] - common[a] })
	last := len(p.candidates) - 1
	next := 1
	for _, pair := range order {
		group := slices.IndexFunc(p.candidates[:last], func(group []candidate) bool { return slices.Equal(group, byPair[pair]) })
		switch {
		case pair&(fold.HighBits&0xffff) != 0:
			group = last
		case group < 0:
			if group, next = next, next+1; next == last {
				next = last / 2
			}
		}
		p.groups[pair] = uint8(group)
		for _, s := range byPair[pair] {
			if !slices.Contains(p.candidates[group], s) {
				p.candidates[group] = append(p.candidates[group], s)
			}
		}
	}
}

// scan reports the predicates of every literal in the text. Four places are
// looked at together, since hardly any holds something.
func (p *bigrams) scan(t scannedText, m *State) {
	at := 0
	for ; at+8 <= len(t.s); at += 4 {
		w := fold.Load8(t.s, at) | fold.LowerBits
		g0, g1, g2, g3 := p.groups[uint16(w)], p.groups[uint16(w>>8)], p.groups[uint16(w>>16)], p.groups[uint16(w>>24)]
		if g0|g1|g2|g3 == 0 {
			continue
		}
		for hits := uint32(g0) | uint32(g1)<<8 | uint32(g2)<<16 | uint32(g3)<<24; hits != 0; {
			n := bits.TrailingZeros32(hits) / 8
			m.checkCandidates(p.candidates[uint8(hits>>(8*n))], t, at+n)
			hits &^= 0xff << (8 * n)
		}
	}
	for ; at+bigramSize <= len(t.s); at++ {
		if group := p.groups[bigramAt(t.s, at)]; group != 0 {
			m.checkCandidates(p.candidates[group], t, at)
		}
	}
}
