package sigma

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	literalToken     tokenKind = iota // text as it stands
	anyRun                            // "*"
	anyOne                            // "?"
	anyDash                           // a dash that windash lets vary
	placeholderToken                  // %name% of expand, not filled in
)

type token struct {
	kind tokenKind
	text string // of a literal or a placeholder
}

// pattern is a text value after its escapes were read. Literals are bytes, not
// necessarily UTF-8: the encodings of the modifiers may make others.
type pattern []token

// dashes are what windash takes for one another. [Modifiers: windash]
var dashes = [...]string{"-", "/", "–", "—", "―"}

// parsePattern reads wildcards and escapes: a backslash takes the meaning from
// a following wildcard or backslash and is itself before anything else.
// [Rules: Escape Character]
func parsePattern(s string) pattern {
	if strings.IndexByte(s, '*') < 0 && strings.IndexByte(s, '?') < 0 && strings.IndexByte(s, '\\') < 0 {
		if s == "" {
			return nil
		}
		return pattern{{literalToken, s}}
	}
	var p pattern
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			p = append(p, token{literalToken, lit.String()})
			lit.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && strings.IndexByte(`*?\`, s[i+1]) >= 0:
			i++
			lit.WriteByte(s[i])
		case c == '*':
			flush()
			p = p.add(token{kind: anyRun})
		case c == '?':
			flush()
			p = p.add(token{kind: anyOne})
		default:
			lit.WriteByte(c)
		}
	}
	flush()
	return p
}

func plainPattern(s string) pattern {
	if s == "" {
		return nil
	}
	return pattern{{literalToken, s}}
}

// add appends a token, joining what can be joined.
func (p pattern) add(t token) pattern {
	if t.kind == literalToken && t.text == "" {
		return p
	}
	if n := len(p); n > 0 {
		switch last := &p[n-1]; {
		case t.kind == anyRun && last.kind == anyRun:
			return p
		case t.kind == literalToken && last.kind == literalToken:
			q := append(pattern(nil), p...)
			q[n-1].text += t.text
			return q
		}
	}
	return append(p, t)
}

func (p pattern) startsOpen() bool { return len(p) > 0 && p[0].kind == anyRun }
func (p pattern) endsOpen() bool   { return len(p) > 0 && p[len(p)-1].kind == anyRun }

// openStart and openEnd put a wildcard at an end unless one stands there, after
// parsing, so that a backslash at the end of the value does not take it.
func (p pattern) openStart() pattern {
	if p.startsOpen() {
		return p
	}
	return append(pattern{{kind: anyRun}}, p...)
}

func (p pattern) openEnd() pattern {
	if p.endsOpen() {
		return p
	}
	return append(append(pattern(nil), p...), token{kind: anyRun})
}

func (p pattern) has(kind tokenKind) bool {
	for _, t := range p {
		if t.kind == kind {
			return true
		}
	}
	return false
}

// caseless says that all of it but the wildcards are ASCII other than letters.
func (p pattern) caseless() bool {
	for _, t := range p {
		for i := range len(t.text) {
			if !caseless(t.text[i]) {
				return false
			}
		}
	}
	return !p.has(anyDash) && !p.has(anyOne)
}

func caseless(c byte) bool {
	return c < utf8.RuneSelf && (c|0x20 < 'a' || c|0x20 > 'z')
}

func (p pattern) hasWildcard() bool { return p.has(anyRun) || p.has(anyOne) }

// plain is the text of a pattern without wildcards.
func (p pattern) plain() string {
	var b strings.Builder
	for _, t := range p {
		b.WriteString(t.text)
	}
	return b.String()
}

// mapLiterals rewrites each literal.
func (p pattern) mapLiterals(f func(string) string) pattern {
	out := make(pattern, len(p))
	for i, t := range p {
		if t.kind == literalToken {
			t.text = f(t.text)
		}
		out[i] = t
	}
	return out
}

// varyDashes marks each dash that starts a word: not after a word character and
// right before one, within its literal.
func (p pattern) varyDashes() pattern {
	var out pattern
	for _, t := range p {
		if t.kind != literalToken {
			out = out.add(t)
			continue
		}
		start, before := 0, rune(-1)
		for i, r := range t.text {
			size := utf8.RuneLen(r)
			if isDash(r) && !isWord(before) && i+size < len(t.text) {
				if after, _ := utf8.DecodeRuneInString(t.text[i+size:]); isWord(after) {
					out = append(out.add(token{literalToken, t.text[start:i]}), token{kind: anyDash})
					start = i + size
				}
			}
			before = r
		}
		out = out.add(token{literalToken, t.text[start:]})
	}
	return out
}

func isDash(r rune) bool {
	return r == '-' || r == '/' || r == '–' || r == '—' || r == '―'
}

func isWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
}

// String writes the pattern as a rule would.
func (p pattern) String() string {
	var b strings.Builder
	for _, t := range p {
		switch t.kind {
		case anyRun:
			b.WriteByte('*')
		case anyOne:
			b.WriteByte('?')
		case anyDash:
			b.WriteByte('-')
		case placeholderToken:
			b.WriteString("%" + t.text + "%")
		default:
			for i := range len(t.text) {
				if c := t.text[i]; c == '*' || c == '?' {
					b.WriteByte('\\')
				}
				b.WriteByte(t.text[i])
			}
		}
	}
	return b.String()
}
