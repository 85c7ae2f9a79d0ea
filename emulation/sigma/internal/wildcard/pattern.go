package wildcard

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TokenKind is what a part of a pattern stands for.
type TokenKind uint8

const (
	Literal     TokenKind = iota // text as it stands
	AnyRun                       // "*"
	AnyOne                       // "?"
	AnyDash                      // a dash that windash lets vary
	Placeholder                  // %name% of expand, not filled in
)

// Token is a part of a pattern: a literal, or a wildcard.
type Token struct {
	Kind TokenKind
	Text string // of a literal or a placeholder
}

// Pattern is a text value after its escapes were read. Literals are bytes, not
// necessarily UTF-8: the encodings of the modifiers may make others.
type Pattern []Token

// Parse reads wildcards and escapes: a backslash takes the meaning from
// a following wildcard or backslash and is itself before anything else.
// [Rules: Escape Character]
func Parse(s string) Pattern {
	if strings.IndexByte(s, '*') < 0 && strings.IndexByte(s, '?') < 0 && strings.IndexByte(s, '\\') < 0 {
		if s == "" {
			return nil
		}
		return Pattern{{Literal, s}}
	}
	var p Pattern
	var lit strings.Builder
	flush := func() {
		if lit.Len() > 0 {
			p = append(p, Token{Literal, lit.String()})
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
			p = p.Append(Token{Kind: AnyRun})
		case c == '?':
			flush()
			p = p.Append(Token{Kind: AnyOne})
		default:
			lit.WriteByte(c)
		}
	}
	flush()
	return p
}

// Plain is the pattern of a text without wildcards.
func Plain(s string) Pattern {
	if s == "" {
		return nil
	}
	return Pattern{{Literal, s}}
}

// Append appends a token, joining what can be joined.
func (p Pattern) Append(t Token) Pattern {
	if t.Kind == Literal && t.Text == "" {
		return p
	}
	if n := len(p); n > 0 {
		switch last := &p[n-1]; {
		case t.Kind == AnyRun && last.Kind == AnyRun:
			return p
		case t.Kind == Literal && last.Kind == Literal:
			q := append(Pattern(nil), p...)
			q[n-1].Text += t.Text
			return q
		}
	}
	return append(p, t)
}

// StartsOpen reports whether the pattern begins with "*".
func (p Pattern) StartsOpen() bool { return len(p) > 0 && p[0].Kind == AnyRun }

// EndsOpen reports whether the pattern ends with "*".
func (p Pattern) EndsOpen() bool { return len(p) > 0 && p[len(p)-1].Kind == AnyRun }

// OpenStart and openEnd put a wildcard at an end unless one stands there, after
// parsing, so that a backslash at the end of the value does not take it.
func (p Pattern) OpenStart() Pattern {
	if p.StartsOpen() {
		return p
	}
	return append(Pattern{{Kind: AnyRun}}, p...)
}

// OpenEnd puts "*" at the end, as OpenStart does at the start.
func (p Pattern) OpenEnd() Pattern {
	if p.EndsOpen() {
		return p
	}
	return append(append(Pattern(nil), p...), Token{Kind: AnyRun})
}

// Has reports whether the pattern has a token of the kind.
func (p Pattern) Has(kind TokenKind) bool {
	for _, t := range p {
		if t.Kind == kind {
			return true
		}
	}
	return false
}

// IsCaseless says that all of it but the wildcards are ASCII other than letters.
func (p Pattern) IsCaseless() bool {
	for _, t := range p {
		for i := range len(t.Text) {
			if !IsCaselessByte(t.Text[i]) {
				return false
			}
		}
	}
	return !p.Has(AnyDash) && !p.Has(AnyOne)
}

// IsCaselessByte reports whether a byte is ASCII and not a letter.
func IsCaselessByte(c byte) bool {
	return c < utf8.RuneSelf && (c|0x20 < 'a' || c|0x20 > 'z')
}

// HasWildcard reports whether the pattern has "*" or "?".
func (p Pattern) HasWildcard() bool { return p.Has(AnyRun) || p.Has(AnyOne) }

// Plain is the text of a pattern without wildcards.
func (p Pattern) Plain() string {
	var b strings.Builder
	for _, t := range p {
		b.WriteString(t.Text)
	}
	return b.String()
}

// MapLiterals rewrites each literal.
func (p Pattern) MapLiterals(f func(string) string) Pattern {
	out := make(Pattern, len(p))
	for i, t := range p {
		if t.Kind == Literal {
			t.Text = f(t.Text)
		}
		out[i] = t
	}
	return out
}

// VaryDashes marks each dash that starts a word: not after a word character and
// right before one, within its literal.
func (p Pattern) VaryDashes() Pattern {
	var out Pattern
	for _, t := range p {
		if t.Kind != Literal {
			out = out.Append(t)
			continue
		}
		start, before := 0, rune(-1)
		for i, r := range t.Text {
			size := utf8.RuneLen(r)
			if isDash(r) && !isWord(before) && i+size < len(t.Text) {
				if after, _ := utf8.DecodeRuneInString(t.Text[i+size:]); isWord(after) {
					out = append(out.Append(Token{Literal, t.Text[start:i]}), Token{Kind: AnyDash})
					start = i + size
				}
			}
			before = r
		}
		out = out.Append(Token{Literal, t.Text[start:]})
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
func (p Pattern) String() string {
	var b strings.Builder
	for _, t := range p {
		switch t.Kind {
		case AnyRun:
			b.WriteByte('*')
		case AnyOne:
			b.WriteByte('?')
		case AnyDash:
			b.WriteByte('-')
		case Placeholder:
			b.WriteString("%" + t.Text + "%")
		default:
			for i := range len(t.Text) {
				if c := t.Text[i]; c == '*' || c == '?' {
					b.WriteByte('\\')
				}
				b.WriteByte(t.Text[i])
			}
		}
	}
	return b.String()
}
