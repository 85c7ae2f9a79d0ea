package literalscan

import (
	"math/bits"
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
)

// anchors finds literals that have to stand at one end of a text, or to be all
// of it, by the bytes at that end: however long the text and however many the
// literals, a few look-ups tell. Rules mostly name programs in this way.
type anchors struct {
	atEnd      bool
	sizes      []uint8 // of the keys, ascending
	table      []anchorSlot
	shift      uint8
	candidates []candidate
}

type anchorSlot struct {
	key      uint64
	from, to int32 // of candidates; to 0: empty
}

const (
	keySize = 8
	// KeyHash is the multiplier of Fibonacci hashing for keys of eight bytes.
	KeyHash = 0x9E3779B97F4A7C15
)

// newAnchors is nil without literals to find. None of them may be empty.
func newAnchors(refs []Ref, atEnd bool) *anchors {
	if len(refs) == 0 {
		return nil
	}
	a := &anchors{atEnd: atEnd}
	groups := map[uint64][]candidate{}
	var order []uint64
	for _, f := range refs {
		size := keySizeOf(f.Text)
		if !slices.Contains(a.sizes, size) {
			a.sizes = append(a.sizes, size)
		}
		key := a.key(f.Text, size)
		if groups[key] == nil {
			order = append(order, key)
		}
		offset := 0
		if atEnd {
			offset = len(f.Text)
		}
		groups[key] = append(groups[key], newCandidate(f, offset))
	}
	slices.Sort(a.sizes)
	size := bits.Len(uint(len(groups) * 2))
	a.table, a.shift = make([]anchorSlot, 1<<size), uint8(64-size)
	for _, key := range order {
		from := int32(len(a.candidates))
		a.candidates = append(a.candidates, groups[key]...)
		*a.slot(key) = anchorSlot{key, from, int32(len(a.candidates))}
	}
	return a
}

// keySizeOf is as much of a literal as fits in a key, by twos: each size costs a
// look-up, and few literals differ in a single byte.
func keySizeOf(lit string) uint8 {
	if len(lit) == 1 {
		return 1
	}
	return uint8(min(len(lit)&^1, keySize))
}

// key is the first or last bytes of a text, lowered. Keys of different sizes
// differ, as a lowered byte is never 0.
func (a *anchors) key(s string, size uint8) uint64 {
	if a.atEnd {
		return (fold.Tail8(s) | fold.LowerBits) >> ((64 - 8*size) & 63)
	}
	return (fold.Head8(s) | fold.LowerBits) << ((64 - 8*size) & 63)
}

// slot is where a key is, or would be.
func (a *anchors) slot(key uint64) *anchorSlot {
	for at := key * KeyHash >> (a.shift & 63); ; at++ {
		if s := &a.table[at&uint64(len(a.table)-1)]; s.to == 0 || s.key == key {
			return s
		}
	}
}

func (a *anchors) scan(t scannedText, m *State) {
	at := 0
	if a.atEnd {
		at = len(t.s)
	}
	whole := a.key(t.s, keySize)
	for _, size := range a.sizes {
		if len(t.s) < int(size) {
			return
		}
		key, rest := whole, (64-8*size)&63
		if a.atEnd {
			key >>= rest
		} else {
			key <<= rest
		}
		if slot := a.slot(key); slot.to != 0 {
			m.checkCandidates(a.candidates[slot.from:slot.to], t, at)
		}
	}
}
