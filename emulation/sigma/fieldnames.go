package sigma

import (
	"math/bits"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
)

// fieldIndex finds the slot of a field. Every name of every event is asked for
// where keywords are, so it spares what a map does for names of any length.
type fieldIndex struct {
	table []fieldEntry // open addressing
	shift uint8
}

type fieldEntry struct {
	name string
	slot int32
}

func newFieldIndex(slots []slot) fieldIndex {
	size := bits.Len(uint(len(slots) * 2))
	n := fieldIndex{make([]fieldEntry, 1<<size), uint8(64 - size)}
	for at, s := range slots {
		if s.field != "" {
			*n.entry(s.field) = fieldEntry{s.field, int32(at)}
		}
	}
	return n
}

// entry is where a name is, or would be. The hash knows the length and the last
// eight bytes, in which most names differ; those alike in both are told apart by
// comparing.
func (n *fieldIndex) entry(name string) *fieldEntry {
	h := (fold.Tail8(name) + uint64(len(name))) * literalscan.KeyHash
	for at := h >> (n.shift & 63); ; at++ {
		if e := &n.table[at&uint64(len(n.table)-1)]; e.name == "" || e.name == name {
			return e
		}
	}
}

// lookup is the slot of a field, or -1.
func (n *fieldIndex) lookup(name string) int32 {
	if e := n.entry(name); e.name != "" {
		return e.slot
	}
	return -1
}
