package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/literalscan"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/regexlit"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// literals lists literals one of which stands in every value a predicate is true
// of; exact says that finding one makes the predicate true, not only possible. It is nil
// for a predicate that has to be asked directly.
func (q *predicate) literals() (list []literalscan.Literal, exact bool) {
	switch q.op {
	case opText:
		list, exact = q.textLiterals()
	case opRegex:
		for _, lit := range regexlit.RequiredLiterals(q.re.String()) {
			list = append(list, literalscan.Literal{Position: literalscan.Anywhere, Text: lit})
		}
	}
	for _, n := range list {
		// A single byte of everyday texts is found everywhere, and found quickly when it is asked for.
		if !n.Selective() {
			return nil, false
		}
	}
	return list, exact
}

// textLiterals takes a simple shape as it is, a varying dash in each of its
// forms, and of a pattern its longest literal.
func (q *predicate) textLiterals() (list []literalscan.Literal, exact bool) {
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
	exact = !q.cased
	for _, v := range variants {
		n, simple := simpleLiteral(v)
		if !simple {
			exact = false
			n = literalscan.Literal{Position: literalscan.Anywhere, Text: longestLiteral(v)}
		}
		list = append(list, n)
	}
	return list, exact
}

func simpleLiteral(p wildcard.Pattern) (literalscan.Literal, bool) {
	shape, lit := shapeOf(p)
	switch shape {
	case shapeExact:
		return literalscan.Literal{Position: literalscan.WholeText, Text: lit}, true
	case shapePrefix:
		return literalscan.Literal{Position: literalscan.AtStart, Text: lit}, true
	case shapeSuffix:
		return literalscan.Literal{Position: literalscan.AtEnd, Text: lit}, true
	case shapeContains:
		return literalscan.Literal{Position: literalscan.Anywhere, Text: lit}, true
	}
	return literalscan.Literal{}, false
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
