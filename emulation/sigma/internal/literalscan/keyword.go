package literalscan

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// A keyword may stand in any value of an event. Most values lack one byte or
// another of it, and that is quickly seen.

// requiredByteOf is a byte of every literal that folding leaves alone and brings about
// nowhere, the rarest there is; 0 if they have none in common.
func requiredByteOf(refs []Ref) (mark byte) {
	everyday := strings.Join(commonTexts, "")
	best := len(everyday) + 1
	for i := range len(refs[0].Text) {
		c := refs[0].Text[i]
		if !wildcard.IsCaselessByte(c) || slices.ContainsFunc(refs, func(f Ref) bool { return strings.IndexByte(f.Text, c) < 0 }) {
			continue
		}
		if n := strings.Count(everyday, string(c)); n < best {
			mark, best = c, n
		}
	}
	return mark
}

// NewKeywordScanner returns a scanner for the literals of keywords, which is asked
// for every value of an event.
func NewKeywordScanner(refs []Ref) *Scanner {
	s := NewScanner(refs)
	s.requiredByte = requiredByteOf(refs)
	return s
}

// MayHold reports whether a text is long enough and has the byte that every text
// with one of the literals has.
func (s *Scanner) MayHold(text string) bool {
	return len(text) >= s.minLength && (s.requiredByte == 0 || strings.IndexByte(text, s.requiredByte) >= 0)
}

// CannotHold reports whether no number or truth value like v can hold a literal.
func (s *Scanner) CannotHold(v any) bool {
	mark := s.requiredByte
	switch v.(type) {
	case bool:
		return mark != 0
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return mark != 0 && strings.IndexByte("-0123456789", mark) < 0
	case float32, float64:
		return mark != 0 && strings.IndexByte("+-.0123456789", mark) < 0
	}
	return false
}
