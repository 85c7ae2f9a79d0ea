package index

import (
	"math/bits"
	"slices"
)

// grams find the values that may contain a text. Values are taken in blocks of some that
// follow one another; for what three letters hash to, it is known in which blocks they
// are. Values in one block begin alike, so they share most of their letters.
type grams struct {
	shift  uint     // a block has 1<<shift values
	bits   uint     // of a hash: few where there is little text
	at     []uint32 // by hash, where its blocks begin; one more at the end
	blocks []uint16
}

// maxGramBits is how many bits a hash of three letters has in a large segment.
const maxGramBits = 16

func (g *grams) hash(a, b, c byte) uint32 {
	return (uint32(a)<<16 | uint32(b)<<8 | uint32(c)) * 0x9e3779b1 >> (32 - g.bits)
}

func newGrams(s *Segment) grams {
	g := grams{shift: 4, bits: min(max(4, uint(bits.Len(uint(len(s.text)))))-3, maxGramBits)}
	g.at = make([]uint32, 1<<g.bits+1)
	for len(s.kinds)>>g.shift >= 1<<16 {
		g.shift++
	}
	last := make([]int32, 1<<g.bits) // the last block that a hash was seen in
	each := func(do func(hash uint32, block uint16)) {
		for i := range last {
			last[i] = -1
		}
		for _, f := range s.fields {
			for v := f.first; v < f.kept; v++ {
				block := int32(v >> g.shift)
				s.eachFolded(v, func(text string) {
					for i := 0; i+3 <= len(text); i++ {
						if hash := g.hash(text[i], text[i+1], text[i+2]); last[hash] != block {
							last[hash] = block
							do(hash, uint16(block))
						}
					}
				})
			}
		}
	}
	each(func(hash uint32, _ uint16) { g.at[hash+1]++ })
	for i := range 1 << g.bits {
		g.at[i+1] += g.at[i]
	}
	next := slices.Clone(g.at)
	g.blocks = make([]uint16, g.at[1<<g.bits])
	each(func(hash uint32, block uint16) {
		g.blocks[next[hash]] = block
		next[hash]++
	})
	return g
}

func (s *Segment) eachFolded(v uint32, do func(string)) {
	if s.kinds[v] == isList || s.kinds[v] == isNull {
		for _, text := range s.foldedTexts(v) {
			do(text)
		}
		return
	}
	do(s.folded(v))
}

// find returns the blocks that may have a value which contains the piece, which must have
// three bytes or more.
func (g *grams) find(piece string) []uint16 {
	var lists [][]uint16
	seen := map[uint32]bool{}
	for i := 0; i+3 <= len(piece) && len(lists) < 64; i++ {
		if hash := g.hash(piece[i], piece[i+1], piece[i+2]); !seen[hash] {
			seen[hash] = true
			lists = append(lists, g.blocks[g.at[hash]:g.at[hash+1]])
		}
	}
	slices.SortFunc(lists, func(a, b []uint16) int { return len(a) - len(b) })
	found := slices.Clone(lists[0])
	for _, list := range lists[1:] {
		if len(found) <= 4 {
			break // looking at the values is quicker
		}
		found = common(found, list)
	}
	return found
}

// common keeps of a what is in b; both are sorted.
func common(a, b []uint16) []uint16 {
	out := a[:0]
	for _, x := range a {
		at := sortedIndex(b, x)
		if b = b[at:]; len(b) == 0 {
			break
		}
		if b[0] == x {
			out = append(out, x)
		}
	}
	return out
}

// sortedIndex is where x is in b or would be, looked for in steps that grow, as it is
// mostly near.
func sortedIndex(b []uint16, x uint16) int {
	low, step := 0, 1
	for low+step < len(b) && b[low+step] < x {
		low += step
		step *= 2
	}
	at, _ := slices.BinarySearch(b[low:min(len(b), low+step+1)], x)
	return low + at
}
