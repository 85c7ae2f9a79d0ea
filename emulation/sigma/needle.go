package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// position is where a literal has to stand in a text.
type position uint8

const (
	anywhere position = iota
	atStart
	atEnd
	wholeText
)

// literal is a folded literal that a text has to hold, once folded, for a
// predicate to be true of it.
type literal struct {
	position position
	text     string
}

// literals lists literals one of which stands in every value a predicate is true
// of; sure says that finding one is the answer and not just a hint. It is nil
// for a predicate that has to be asked directly.
func (q *predicate) literals() (list []literal, sure bool) {
	switch q.op {
	case opText:
		list, sure = q.textLiterals()
	case opRegex:
		for _, lit := range regexlit.RequiredLiterals(q.re.String()) {
			list = append(list, literal{anywhere, lit})
		}
	}
	for _, n := range list {
		// A single byte of everyday texts is found everywhere, and found quickly when it is asked for.
		if n.position == anywhere && len(n.text) < bigramSize && (n.text == "" || n.isCommonByte()) || n.position != wholeText && n.text == "" {
			return nil, false
		}
	}
	return list, sure
}

// textLiterals takes a simple shape as it is, a varying dash in each of its
// forms, and of a pattern its longest literal.
func (q *predicate) textLiterals() (list []literal, sure bool) {
	p := q.pattern
	if q.cased {
		// Case is asked for afterwards. Folding may change bytes beyond ASCII that
		// are only part of a character, so such literals are no hint.
		for _, t := range p {
			if t.Kind == wildcard.Literal && !fold.IsASCII(t.Text) {
				return nil, false
			}
		}
	}
	p = p.MapLiterals(fold.String)
	variants := []wildcard.Pattern{p}
	if p.Has(wildcard.AnyDash) {
		if v, err := wildcard.ExpandDashes(p); err == nil && len(v) <= regexlit.MaxLiterals {
			variants = v
		}
	}
	sure = !q.cased
	for _, v := range variants {
		n, simple := simpleLiteral(v)
		if !simple {
			sure = false
			n = literal{anywhere, longestLiteral(v)}
		}
		list = append(list, n)
	}
	return list, sure
}

func simpleLiteral(p wildcard.Pattern) (literal, bool) {
	shape, lit := shapeOf(p)
	switch shape {
	case shapeExact:
		return literal{wholeText, lit}, true
	case shapePrefix:
		return literal{atStart, lit}, true
	case shapeSuffix:
		return literal{atEnd, lit}, true
	case shapeContains:
		return literal{anywhere, lit}, true
	}
	return literal{}, false
}

func longestLiteral(p wildcard.Pattern) string {
	longest := ""
	for _, t := range p {
		if t.Kind == wildcard.Literal && len(t.Text) > len(longest) {
			longest = t.Text
		}
	}
	return longest
}
