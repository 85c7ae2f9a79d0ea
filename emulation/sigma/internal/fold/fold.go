package fold

import (
	"encoding/binary"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Comparisons ignore case by Unicode simple folding: É is é, Σ is σ is ς, but ß
// is not ss. Texts are folded once and then compared as bytes. [Rules: General]

// Rune picks one member of a rune's folding orbit: the ASCII lower-case
// letter if there is one, so that K and the Kelvin sign meet at k, else the
// least member.
func Rune(r rune) rune {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if r <= 0xffff {
		return basicPlane()[r>>8][r&0xff]
	}
	return orbit(r)
}

func orbit(r rune) rune {
	least := r
	for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
		if o < least {
			least = o
		}
	}
	if least < utf8.RuneSelf {
		return unicode.ToLower(least)
	}
	return least
}

// basicPlane holds the basic plane by pages; pages without letters are shared.
var basicPlane = sync.OnceValue(func() *[256]*[256]rune {
	var table [256]*[256]rune
	for page := range table {
		var runes [256]rune
		for i := range runes {
			runes[i] = orbit(rune(page<<8 | i))
		}
		table[page] = &runes
	}
	return &table
})

// Append appends the folded form of s. Bytes that are no UTF-8 stay as they are.
func Append(dst []byte, s string) []byte {
	start := len(dst)
	dst = slices.Grow(dst, len(s))[:start+len(s)]
	b := dst[start:]
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := Load8(s, i)
		if w&HighBits != 0 {
			return appendRunes(dst[:start+i], s[i:])
		}
		binary.LittleEndian.PutUint64(b[i:], lower8(w))
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return appendRunes(dst[:start+i], s[i:])
		}
		if c-'A' < 26 {
			c |= 0x20
		}
		b[i] = c
	}
	return dst
}

func appendRunes(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c-'A' < 26 {
				c |= 0x20
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, c)
		} else {
			dst = utf8.AppendRune(dst, Rune(r))
		}
		i += n
	}
	return dst
}

// String is the folded form of s.
func String(s string) string { return string(Append(nil, s)) }
