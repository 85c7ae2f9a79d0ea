package index

import (
	"encoding/binary"
	"slices"
)

// Projection looks at some fields of events only. It is for one goroutine at a time.
type Projection struct {
	segment *Segment
	wanted  [][]bool // by shape, and then by the place of the field
}

// Project looks at the fields that are called exactly so.
func (s *Segment) Project(names []string) *Projection {
	p := &Projection{segment: s, wanted: make([][]bool, len(s.shapes))}
	for i, shape := range s.shapes {
		p.wanted[i] = make([]bool, len(shape))
		for at, number := range shape {
			p.wanted[i][at] = slices.Contains(names, s.fields[number].name)
		}
	}
	return p
}

// AppendKey appends what the event has in these fields: two events of one segment have
// the same there if they have the same key.
func (p *Projection) AppendKey(key []byte, event int) []byte {
	s := p.segment
	row := s.rows[s.rowAt[event]:s.rowAt[event+1]]
	shape, size := binary.Uvarint(row)
	row = row[size:]
	for at, wanted := range p.wanted[shape] {
		v, size := binary.Uvarint(row)
		row = row[size:]
		if wanted {
			key = binary.AppendUvarint(key, uint64(s.shapes[shape][at]))
			key = binary.AppendUvarint(key, v)
		}
	}
	return key
}
