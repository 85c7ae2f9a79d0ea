package textline

import (
	"strings"
	"unicode/utf8"
)

// Width is what a line of an explanation is kept to.
const Width = 80

// Printable puts a text on one line.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '·'
		}
		return r
	}, s)
}

// Shorten keeps the start of a text within a width and on one line.
func Shorten(s string, width int) string { return Truncate(s, false, width) }

// Wrap breaks a sentence into lines within the width, at blanks where it can.
func Wrap(s, first, rest string) string {
	var b strings.Builder
	lead, runes := first, []rune(s)
	for len(runes) > 0 {
		n := min(len(runes), Width-utf8.RuneCountInString(lead))
		if n < len(runes) {
			for at := n; at > n/2; at-- {
				if runes[at] == ' ' {
					n = at
					break
				}
			}
		}
		b.WriteString(lead + strings.TrimRight(string(runes[:n]), " ") + "\n")
		lead, runes = rest, []rune(strings.TrimLeft(string(runes[n:]), " "))
	}
	return b.String()
}

// Truncate keeps the start or the end of a text within a width and on one line.
func Truncate(s string, end bool, width int) string {
	s = Printable(s)
	if width = max(width, 16); utf8.RuneCountInString(s) <= width {
		return s
	}
	runes := []rune(s)
	if end {
		return "…" + string(runes[len(runes)-width+1:])
	}
	return string(runes[:width-1]) + "…"
}

// Quote leaves backslashes as they are: paths are what is quoted most.
func Quote(s string) string { return `"` + Printable(s) + `"` }
