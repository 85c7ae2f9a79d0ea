package sigma

import "github.com/ringer-lab/ringer/emulation/sigma/internal/fold"

// literalRef is a literal with the predicate it answers.
type literalRef struct {
	literal
	predicate int32
	exact     bool
}

// candidate is a find as the scan comes across it: at a place that lies offset bytes
// into the literal. What led there is often shared by many literals, so eight
// other bytes are compared before the whole is.
type candidate struct {
	literalRef
	offset, window int32 // of the place, and of the eight bytes seen from there
	mask, bytes    uint64
}

// newCandidate compares, of a long literal, the eight bytes of the end that is
// further away from the place.
func newCandidate(f literalRef, offset int) candidate {
	s := candidate{literalRef: f, offset: int32(offset), window: int32(-offset), mask: ^uint64(0)}
	switch l := len(f.text); {
	case l < 8:
		s.mask >>= 64 - 8*l
		s.bytes = (fold.Head8(f.text) | fold.LowerBits) & s.mask
	case offset < l-offset:
		s.window += int32(l - 8)
		s.bytes = fold.Tail8(f.text) | fold.LowerBits
	default:
		s.bytes = fold.Head8(f.text) | fold.LowerBits
	}
	return s
}

// scannedText is a value as it is scanned: one of ASCII alone as it is, since its bytes
// are lowered where they are compared, any other folded.
type scannedText struct {
	s     string
	ascii bool
}

// checkCandidates notes the predicates of those candidates whose literal is in the text, where
// it has to be.
func (m *matchState) checkCandidates(candidates []candidate, t scannedText, at int) {
	for i := range candidates {
		s := &candidates[i]
		if w := at + int(s.window); w >= 0 && w+8 <= len(t.s) && (fold.Load8(t.s, w)|fold.LowerBits)&s.mask != s.bytes {
			continue
		}
		if s.standsAt(t, at-int(s.offset)) {
			m.markFound(s.predicate, s.exact)
		}
	}
}

func (f *literalRef) standsAt(t scannedText, start int) bool {
	end := start + len(f.text)
	if start < 0 || end > len(t.s) {
		return false
	}
	if f.position == atStart && start != 0 || f.position == atEnd && end != len(t.s) || f.position == wholeText && len(f.text) != len(t.s) {
		return false
	}
	if t.ascii {
		return fold.EqualLowered(t.s[start:end], f.text)
	}
	return t.s[start:end] == f.text
}
