package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a parenthesis, a minus before something, or a word: what stands between
// spaces and parentheses.
type token struct {
	kind     byte // '(', ')', '-', 'w' for a word, 0 for the end
	from, to int
	bare     bool // the whole word has no quotes
	hasName  bool // there is a colon, and name is what stands before it
	name     string
	quoted   bool // the name has quotes
	pieces   []piece
}

// piece is a part of a word's value; that of a quoted one is as it stands.
type piece struct {
	text   string
	quoted bool
}

type lexer struct {
	text     string
	at       int
	problems []Problem
}

// ends reports whether a bare word ends before the character.
func ends(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' }

// next returns the next token, of kind 0 at the end.
func (l *lexer) next() token {
	l.at += len(l.text[l.at:]) - len(strings.TrimLeftFunc(l.text[l.at:], unicode.IsSpace))
	if l.at == len(l.text) {
		return token{from: l.at, to: l.at}
	}
	if c := l.text[l.at]; c == '(' || c == ')' {
		l.at++
		return token{kind: c, from: l.at - 1, to: l.at}
	}
	if l.startsNot() {
		l.at++
		return token{kind: '-', from: l.at - 1, to: l.at}
	}
	return l.word()
}

// startsNot tells the minus of -x from one that stands alone.
func (l *lexer) startsNot() bool {
	after, isMinus := strings.CutPrefix(l.text[l.at:], "-")
	r, size := utf8.DecodeRuneInString(after)
	return isMinus && size > 0 && (r == '(' || !ends(r))
}

// word reads quoted and bare pieces up to a space or parenthesis; the first colon
// outside quotes ends the name.
func (l *lexer) word() token {
	t := token{kind: 'w', from: l.at, bare: true}
	for l.at < len(l.text) {
		if l.text[l.at] == '"' {
			t.bare = false
			t.pieces = append(t.pieces, piece{l.quoted(), true})
			continue
		}
		rest := l.text[l.at:]
		end := strings.IndexFunc(rest, func(r rune) bool { return ends(r) || r == '"' })
		if end < 0 {
			end = len(rest)
		}
		if end == 0 {
			break
		}
		bare := rest[:end]
		l.at += end
		if name, value, found := strings.Cut(bare, ":"); found && !t.hasName && !startsPath(t.pieces, name, value) {
			t.hasName, t.quoted = true, len(t.pieces) > 0
			t.name = textOf(t.pieces) + name
			t.pieces, bare = nil, value
		}
		if bare != "" {
			t.pieces = append(t.pieces, piece{bare, false})
		}
	}
	t.to = l.at
	return t
}

// startsPath tells C:\… and https://… from a field and its value.
func startsPath(before []piece, name, value string) bool {
	return len(before) == 0 && (len(name) == 1 && strings.HasPrefix(value, `\`) || strings.HasPrefix(value, "//"))
}

func textOf(pieces []piece) string {
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.text)
	}
	return out.String()
}

// quoted reads from a quote to the one that ends it.
func (l *lexer) quoted() string {
	from := l.at
	l.at++
	var out strings.Builder
	for {
		end := strings.IndexByte(l.text[l.at:], '"')
		if end < 0 {
			out.WriteString(l.text[l.at:])
			l.at = len(l.text)
			l.problems = append(l.problems, Problem{From: from, To: l.at, Text: "the quote is not ended: expected another one"})
			return out.String()
		}
		out.WriteString(l.text[l.at : l.at+end])
		l.at += end + 1
		if l.at == len(l.text) || l.text[l.at] != '"' {
			return out.String()
		}
		out.WriteByte('"')
		l.at++
	}
}
