package sigma

// find is a needle with the predicate it answers.
type find struct {
	needle
	pred int32
	sure bool
}

// spot is a find as the scan comes across it: at a place that lies offset bytes
// into the literal. What led there is often shared by many literals, so eight
// other bytes are compared before the whole is.
type spot struct {
	find
	offset, window int32 // of the place, and of the eight bytes seen from there
	mask, want     uint64
}

// newSpot compares, of a long literal, the eight bytes of the end that is
// further away from the place.
func newSpot(f find, offset int) spot {
	s := spot{find: f, offset: int32(offset), window: int32(-offset), mask: ^uint64(0)}
	switch l := len(f.lit); {
	case l < 8:
		s.mask >>= 64 - 8*l
		s.want = (head8(f.lit) | lowerBits) & s.mask
	case offset < l-offset:
		s.window += int32(l - 8)
		s.want = tail8(f.lit) | lowerBits
	default:
		s.want = head8(f.lit) | lowerBits
	}
	return s
}

// text is a value as it is scanned: one of ASCII alone as it is, since its bytes
// are lowered where they are compared, any other folded.
type text struct {
	s     string
	plain bool
}

// report notes the predicates of those spots whose needle is in the text, where
// it has to be.
func (x *scratch) report(spots []spot, t text, at int) {
	for i := range spots {
		s := &spots[i]
		if w := at + int(s.window); w >= 0 && w+8 <= len(t.s) && (load8(t.s, w)|lowerBits)&s.mask != s.want {
			continue
		}
		if s.stands(t, at-int(s.offset)) {
			x.found(s.pred, s.sure)
		}
	}
}

func (f *find) stands(t text, start int) bool {
	end := start + len(f.lit)
	if start < 0 || end > len(t.s) {
		return false
	}
	if f.place == atStart && start != 0 || f.place == atEnd && end != len(t.s) || f.place == whole && len(f.lit) != len(t.s) {
		return false
	}
	if t.plain {
		return lowersTo(t.s[start:end], f.lit)
	}
	return t.s[start:end] == f.lit
}
