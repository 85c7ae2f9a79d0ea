package literalscan

import "github.com/ringer-lab/ringer/emulation/sigma/internal/fold"

// Ref is a literal with the predicate it answers.
type Ref struct {
	Literal
	Predicate int32
	Exact     bool
}

// candidate is a find as the scan comes across it: at a place that lies offset bytes
// into the literal. What led there is often shared by many literals, so eight
// other bytes are compared before the whole is.
type candidate struct {
	Ref
	offset, window int32 // of the place, and of the eight bytes seen from there
	mask, bytes    uint64
}

// newCandidate compares, of a long literal, the eight bytes of the end that is
// further away from the place.
func newCandidate(f Ref, offset int) candidate {
	s := candidate{Ref: f, offset: int32(offset), window: int32(-offset), mask: ^uint64(0)}
	switch l := len(f.Text); {
	case l < 8:
		s.mask >>= 64 - 8*l
		s.bytes = (fold.Head8(f.Text) | fold.LowerBits) & s.mask
	case offset < l-offset:
		s.window += int32(l - 8)
		s.bytes = fold.Tail8(f.Text) | fold.LowerBits
	default:
		s.bytes = fold.Head8(f.Text) | fold.LowerBits
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
func (m *State) checkCandidates(candidates []candidate, t scannedText, at int) {
	for i := range candidates {
		s := &candidates[i]
		if w := at + int(s.window); w >= 0 && w+8 <= len(t.s) && (fold.Load8(t.s, w)|fold.LowerBits)&s.mask != s.bytes {
			continue
		}
		if s.standsAt(t, at-int(s.offset)) {
			m.markFound(s.Predicate, s.Exact)
		}
	}
}

func (f *Ref) standsAt(t scannedText, start int) bool {
	end := start + len(f.Text)
	if start < 0 || end > len(t.s) {
		return false
	}
	if f.Position == AtStart && start != 0 || f.Position == AtEnd && end != len(t.s) || f.Position == WholeText && len(f.Text) != len(t.s) {
		return false
	}
	if t.ascii {
		return fold.EqualLowered(t.s[start:end], f.Text)
	}
	return t.s[start:end] == f.Text
}
