package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold makes texts comparable as bytes that are equal but for case, by Unicode's simple
// folding as Sigma's engine has it: É is é, but ß is not ss. Bytes that are no UTF-8
// stay as they are.
func Fold(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || 'A' <= r && r <= 'Z' })
	if at < 0 {
		return s
	}
	out := make([]byte, at, len(s)+8)
	copy(out, s)
	for i := at; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			out = append(out, s[i])
		} else {
			out = utf8.AppendRune(out, foldRune(r))
		}
		i += size
	}
	return string(out)
}

// foldRune picks one member of a rune's folding orbit: the ASCII letter if there is one,
// else the least.
func foldRune(r rune) rune {
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	if 'A' <= least && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}
