package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"slices"
	"strings"
)

// A keyword may stand in any value of an event. Most values lack one byte or
// another of it, and that is quickly seen.

// requiredByteOf is a byte of every literal that folding leaves alone and brings about
// nowhere, the rarest there is; 0 if they have none in common.
func requiredByteOf(refs []literalRef) (mark byte) {
	everyday := strings.Join(commonTexts, "")
	best := len(everyday) + 1
	for i := range len(refs[0].text) {
		c := refs[0].text[i]
		if !wildcard.Caseless(c) || slices.ContainsFunc(refs, func(f literalRef) bool { return strings.IndexByte(f.text, c) < 0 }) {
			continue
		}
		if n := strings.Count(everyday, string(c)); n < best {
			mark, best = c, n
		}
	}
	return mark
}

// cannotHold says that no number or truth value like v holds the mark.
func cannotHold(mark byte, v any) bool {
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
