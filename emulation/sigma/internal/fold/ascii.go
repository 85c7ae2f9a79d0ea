package fold

// Texts of logs are mostly ASCII, which is looked at eight bytes at a time.

const (
	// HighBits are those bits that bytes beyond ASCII have.
	HighBits = 0x8080808080808080
	// LowerBits makes letters small, and some other bytes one: in the texts as in
	// what is looked for, so that a text need not be folded to be scanned.
	LowerBits = 0x2020202020202020
)

// Load8 is the eight bytes from i on, which the compiler loads at once.
func Load8(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Load4 is the four bytes from i on, as [Load8].
func Load4(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Head8 is the first eight bytes, tail8 the last; of a shorter text those at the
// far end are 0.
func Head8(s string) uint64 {
	switch n := len(s); {
	case n >= 8:
		return Load8(s, 0)
	case n >= 4:
		return uint64(Load4(s, 0)) | uint64(Load4(s, n-4))<<(8*(n-4)&63)
	case n > 0:
		return uint64(s[0]) | uint64(s[n/2])<<(8*(n/2)&63) | uint64(s[n-1])<<(8*(n-1)&63)
	}
	return 0
}

// Tail8 is the last eight bytes; of a shorter text those at the near end are 0.
func Tail8(s string) uint64 {
	if n := len(s); n < 8 {
		return Head8(s) << (64 - 8*n)
	}
	return Load8(s, len(s)-8)
}

// IsASCII reports whether a text is of ASCII alone.
func IsASCII(s string) bool {
	if len(s) < 8 {
		return Head8(s)&HighBits == 0
	}
	high := Tail8(s)
	for i := 0; i+8 <= len(s); i += 8 {
		high |= Load8(s, i)
	}
	return high&HighBits == 0
}

// lower8 lowers eight ASCII bytes at once: a byte in A..Z gets bit 5 set. Beside
// bytes beyond ASCII others may be taken for letters, but those stay what they are.
func lower8(w uint64) uint64 {
	const ones = 0x0101010101010101
	above := w + ones*(0x80-'A')  // high bit: at least 'A'
	beyond := w + ones*(0x7f-'Z') // high bit: beyond 'Z'
	upper := (above &^ beyond) & (ones * 0x80)
	return w | upper>>2
}

// EqualLowered says that low is what lowering makes of a text of ASCII.
func EqualLowered(s, low string) bool {
	if len(s) != len(low) {
		return false
	}
	if len(s) < 8 {
		return lower8(Head8(s)) == Head8(low)
	}
	for i := 0; i+8 <= len(s); i += 8 {
		if lower8(Load8(s, i)) != Load8(low, i) {
			return false
		}
	}
	return lower8(Tail8(s)) == Tail8(low)
}
