package sigma

import "math/bits"

// fieldNames finds the slot of a field. Every name of every event is asked for
// where keywords are, so it spares what a map does for names of any length.
type fieldNames struct {
	table []fieldName // open addressing
	shift uint8
}

type fieldName struct {
	name string
	slot int32
}

func newFieldNames(slots []slot) fieldNames {
	size := bits.Len(uint(len(slots) * 2))
	n := fieldNames{make([]fieldName, 1<<size), uint8(64 - size)}
	for at, s := range slots {
		if s.field != "" {
			*n.entry(s.field) = fieldName{s.field, int32(at)}
		}
	}
	return n
}

// entry is where a name is, or would be. The hash knows the length and the last
// eight bytes, in which most names differ; those alike in both are told apart by
// comparing.
func (n *fieldNames) entry(name string) *fieldName {
	h := (tail8(name) + uint64(len(name))) * keyHash
	for at := h >> (n.shift & 63); ; at++ {
		if e := &n.table[at&uint64(len(n.table)-1)]; e.name == "" || e.name == name {
			return e
		}
	}
}

// find is the slot of a field, or -1.
func (n *fieldNames) find(name string) int32 {
	if e := n.entry(name); e.name != "" {
		return e.slot
	}
	return -1
}
