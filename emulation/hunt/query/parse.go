package query

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Problem is what is wrong with a query, in a sentence. From and To are the place in its
// text, in bytes. Instead is what may have been meant, if that is known.
type Problem struct {
	From, To int
	Text     string
	Instead  string
}

// Parse reads a query. With a problem there is no query; a text of spaces alone finds
// every event.
func Parse(text string) (Query, []Problem) {
	switch {
	case len(text) > MaxBytes:
		return Query{}, []Problem{{0, len(text), fmt.Sprintf("the query has %d bytes: it must have at most %d", len(text), MaxBytes), ""}}
	case !utf8.ValidString(text):
		return Query{}, []Problem{{0, len(text), "the query must be UTF-8", ""}}
	}
	p := parser{lexer: lexer{text: text}}
	p.advance()
	if p.token.kind == 0 {
		return Query{}, p.problems
	}
	root := p.or(0)
	if p.token.kind == ')' {
		p.reportf(p.token, "the parenthesis ends nothing: expected one that begins before it")
	}
	if len(p.problems) > 0 || root == nil {
		return Query{}, p.problems
	}
	return Query{root}, nil
}

type parser struct {
	lexer
	token token
	terms int
}

func (p *parser) advance() { p.token = p.next() }

func (p *parser) reportf(at token, format string, args ...any) {
	p.problems = append(p.problems, Problem{From: at.from, To: at.to, Text: fmt.Sprintf(format, args...)})
}

// stop gives up after a problem past which nothing can be understood.
func (p *parser) stop(at token, format string, args ...any) *Node {
	p.reportf(at, format, args...)
	p.at = len(p.text)
	p.advance()
	return nil
}

// keyword reports whether the token is that word, bare.
func (t token) keyword(word string) bool {
	return t.kind == 'w' && t.bare && !t.hasName && strings.EqualFold(textOf(t.pieces), word)
}

func (p *parser) or(depth int) *Node {
	return p.joined(Or, func() *Node { return p.and(depth) }, func() bool {
		if !p.token.keyword("or") {
			return false
		}
		at := p.token
		p.advance()
		p.wantTerm(at, "or")
		return true
	})
}

func (p *parser) and(depth int) *Node {
	return p.joined(And, func() *Node { return p.unary(depth) }, func() bool {
		if p.token.keyword("and") {
			at := p.token
			p.advance()
			p.wantTerm(at, "and")
			return true
		}
		return p.token.kind != 0 && p.token.kind != ')' && !p.token.keyword("or")
	})
}

// joined reads parts as long as there are more; one is itself.
func (p *parser) joined(op Op, part func() *Node, more func() bool) *Node {
	from := p.token.from
	first := part()
	if first == nil {
		return nil
	}
	n := &Node{Op: op, Children: []*Node{first}, From: from}
	for more() {
		next := part()
		if next == nil {
			return nil
		}
		n.Children = append(n.Children, next)
	}
	if len(n.Children) == 1 {
		return first
	}
	n.To = n.Children[len(n.Children)-1].To
	return n
}

// wantTerm reports a joining word that nothing follows.
func (p *parser) wantTerm(at token, word string) {
	if p.token.kind == 0 || p.token.kind == ')' {
		p.reportf(at, "expected a condition after %q; to look for the word itself, put it in quotes", word)
	}
}

func (p *parser) unary(depth int) *Node {
	at := p.token
	switch {
	case depth > MaxDepth:
		return p.stop(at, "the query goes too deep: at most %d parentheses and nots may be within one another", MaxDepth)
	case at.keyword("not"):
		p.advance()
		p.wantTerm(at, "not")
	case at.kind == '-':
		p.advance()
	default:
		return p.primary(depth)
	}
	child := p.unary(depth + 1)
	if child == nil {
		return nil
	}
	return &Node{Op: Not, Children: []*Node{child}, From: at.from, To: child.To}
}

func (p *parser) primary(depth int) *Node {
	at := p.token
	switch at.kind {
	case '(':
		p.advance()
		if p.token.kind == ')' {
			return p.stop(p.token, "expected a condition between the parentheses")
		}
		inside := p.or(depth + 1)
		if inside == nil {
			return nil
		}
		if p.token.kind != ')' {
			return p.stop(at, "the parenthesis is not ended: expected another one")
		}
		p.advance()
		return inside
	case 'w':
		if at.keyword("and") || at.keyword("or") {
			return p.stop(at, "expected a condition before %q; to look for the word itself, put it in quotes", textOf(at.pieces))
		}
		p.advance()
		if p.terms++; p.terms > MaxTerms {
			return p.stop(at, "the query has too many conditions: at most %d", MaxTerms)
		}
		return p.term(at)
	default:
		return p.stop(at, "expected a condition")
	}
}

// term makes a node of a word. With a problem it is one that stands for it, so that the
// rest is looked at, too.
func (p *parser) term(t token) *Node {
	n := &Node{Op: Text, From: t.from, To: t.to, Pattern: patternOf(t.pieces)}
	if !t.hasName {
		n.Pattern = n.Pattern.Contains()
		if len(n.Pattern.Longest()) < MinText {
			p.reportf(t, "a text without a field must have at least %d letters together; a field's value may be shorter: Field:*x*", MinText)
		}
		return n
	}
	if t.name == "" {
		p.reportf(t, "expected a field's name before the colon; to look for the text itself, put it in quotes")
		return n
	}
	name := Fold(t.name)
	if len(t.pieces) == 0 {
		p.reportf(t, "expected a value after %s: %s:* finds every event that has one", t.name, t.name)
	}
	switch {
	case t.quoted || !isOwn(name):
		n.Op, n.Name = Field, t.name
	case name == HostName:
		n.Op = Host
	case name == SourceName:
		n.Op = Source
	default:
		n.Op, n.Pattern = After, Pattern{}
		if name == beforeName {
			n.Op = Before
		}
		at, ok := timeOf(textOf(t.pieces))
		if !ok && len(t.pieces) > 0 {
			p.reportf(t, "expected a time after %s:, such as 2027-01-08 or 2027-01-08T12:30", name)
		}
		n.At = at
	}
	return n
}

// layouts are how times are written; what has no zone is UTC.
var layouts = [...]string{
	"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
	"2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00",
}

func timeOf(text string) (time.Time, bool) {
	for _, layout := range layouts {
		if at, err := time.Parse(layout, strings.ToUpper(text)); err == nil {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// patternOf folds a value; a star outside quotes is a wildcard.
func patternOf(pieces []piece) Pattern {
	p := Pattern{Start: true, End: true}
	var literal strings.Builder
	wild := false
	end := func() {
		if literal.Len() > 0 {
			p.Pieces = append(p.Pieces, Fold(literal.String()))
			literal.Reset()
		}
	}
	for _, piece := range pieces {
		if piece.quoted {
			literal.WriteString(piece.text)
			p.End = p.End || piece.text != ""
			continue
		}
		for i, part := range strings.Split(piece.text, "*") {
			if i > 0 {
				p.Start = p.Start && (literal.Len() > 0 || len(p.Pieces) > 0)
				p.End, wild = false, true
				end()
			}
			literal.WriteString(part)
			p.End = p.End || part != ""
		}
	}
	end()
	switch {
	case len(p.Pieces) == 0 && wild:
		return Pattern{}
	case len(p.Pieces) == 0:
		p.Pieces = []string{""}
	}
	return p
}
