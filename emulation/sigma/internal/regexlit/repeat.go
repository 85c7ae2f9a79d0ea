package regexlit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
)

const (
	// maxRepeat is what the regular expressions of Go count up to; PCRE goes
	// further, and rules look for command lines of thousands of characters.
	maxRepeat = 1000
	// maxCounted bounds what a character may cost: up to a step for each count.
	maxCounted = 10_000
	// maxUnrolled bounds what counts may swell an expression to.
	maxUnrolled = 1 << 20
)

// UnrollRepeats writes counts beyond maxRepeat as several in a row: x{2500,} as
// (?:x{1000}x{1000}x{500}x*). What it cannot read it leaves as it is, for the
// compiler to complain of.
func UnrollRepeats(source string) string {
	var out strings.Builder
	var open []int // where in out the groups begin that are not closed yet
	atom := -1     // where in out the last thing that may be counted begins
	if strings.Contains(source, `\Q`) {
		return source
	}
	for i := 0; i < len(source) && out.Len() < maxUnrolled; {
		_, n := utf8.DecodeRuneInString(source[i:])
		switch source[i] {
		case '\\':
			n = escapeLen(source[i:])
			atom = out.Len()
		case '[':
			n = classLen(source[i:])
			atom = out.Len()
		case '(':
			open = append(open, out.Len())
			atom = -1
		case ')':
			if atom = -1; len(open) > 0 {
				atom = open[len(open)-1]
				open = open[:len(open)-1]
			}
		case '|', '*', '+', '?':
			atom = -1
		case '{':
			least, most, length := repeatOf(source[i:])
			if length > 0 && atom >= 0 && max(least, most) > maxRepeat {
				text := out.String()
				unrolled := text[:atom] + unroll(text[atom:], least, most)
				out.Reset()
				out.WriteString(unrolled)
				i += length
				atom = -1
				switch rest := source[i:]; {
				case strings.HasPrefix(rest, "?"):
					i++ // as few as will do: it matches the same texts
				case rest != "" && strings.IndexByte("*+{", rest[0]) >= 0:
					return source
				}
				continue
			}
			atom = out.Len()
		default:
			atom = out.Len()
		}
		out.WriteString(source[i : i+n])
		i += n
	}
	if out.Len() >= maxUnrolled {
		return source
	}
	return out.String()
}

// unroll repeats x so often that no count is too large; most is -1 without an end.
func unroll(x string, least, most int) string {
	var b strings.Builder
	b.WriteString("(?:")
	for n := least; n > 0 && b.Len() < maxUnrolled; n -= maxRepeat {
		b.WriteString(x + "{" + strconv.Itoa(min(n, maxRepeat)) + "}")
	}
	if most < 0 {
		b.WriteString(x + "*")
	}
	for n := most - least; n > 0 && b.Len() < maxUnrolled; n -= maxRepeat {
		b.WriteString(x + "{0," + strconv.Itoa(min(n, maxRepeat)) + "}")
	}
	b.WriteString(")")
	return b.String()
}

// repeatOf reads "{n}", "{n,}" or "{n,m}"; the length is 0 for anything else.
func repeatOf(s string) (least, most, length int) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return 0, 0, 0
	}
	from, to, both := strings.Cut(s[1:end], ",")
	least, ok := repeatCount(from)
	switch {
	case !ok:
		return 0, 0, 0
	case !both:
		return least, least, end + 1
	case to == "":
		return least, -1, end + 1
	}
	if most, ok = repeatCount(to); !ok || most < least {
		return 0, 0, 0
	}
	return least, most, end + 1
}

func repeatCount(s string) (int, bool) {
	if !scalar.AllDigits(s) || len(s) > 1 && s[0] == '0' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n <= maxCounted
}

// escapeLen is the length of a backslash and what belongs to it.
func escapeLen(s string) int {
	switch {
	case len(s) > 2 && strings.IndexByte("xpP", s[1]) >= 0 && s[2] == '{':
		if end := strings.IndexByte(s, '}'); end > 0 {
			return end + 1
		}
	case len(s) > 1:
		_, n := utf8.DecodeRuneInString(s[1:])
		return 1 + n
	}
	return len(s)
}

// classLen is the length of a character class with its brackets.
func classLen(s string) int {
	i := 1
	if strings.HasPrefix(s[i:], "^") {
		i++
	}
	if strings.HasPrefix(s[i:], "]") {
		i++
	}
	for i < len(s) {
		switch {
		case s[i] == '\\':
			i += escapeLen(s[i:])
		case strings.HasPrefix(s[i:], "[:"):
			end := strings.Index(s[i:], ":]")
			i += max(1, end+2)
		case s[i] == ']':
			return i + 1
		default:
			i++
		}
	}
	return len(s)
}
