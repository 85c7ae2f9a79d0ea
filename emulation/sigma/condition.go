package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"strings"
)

// maxConditionDepth bounds brackets and "not" inside one another; people write
// fewer than ten.
const maxConditionDepth = 250

type condOp uint8

const (
	condName condOp = iota
	condAnd
	condOr
	condNot
	condAny // 1 of, any of
	condAll // all of
)

// cond is a condition as it is written. [Rules: Condition]
type cond struct {
	op       condOp
	children []*cond
	name     string // of a selection, or the pattern after "of"
}

// conditionParser reads
//
//	cond = and {"or" and};  and = not {"and" not};  not = "not" not | prim
//	prim = "(" cond ")" | ("1"|"any"|"all") "of" (pattern|"them") | name
//
// over whole words, so that "notepad" and "order" are names.
type conditionParser struct {
	at          *yamldoc.Node
	words       []string
	offsets     []int // where in the text each word begins, beside words
	pos         int
	depth       int
	quantifiers bool // "1 of" is part of the language; not so in correlations
}

func parseCondition(n *yamldoc.Node) (*cond, *yamldoc.Error) {
	c := conditionParser{at: n, quantifiers: true}
	return c.parse(n.Text)
}

func (c *conditionParser) parse(text string) (*cond, *yamldoc.Error) {
	if err := c.tokenise(text); err != nil {
		return nil, err
	}
	if len(c.words) == 0 {
		return nil, c.errorf("Empty condition", "a condition must name a selection")
	}
	tree, err := c.or()
	if err != nil {
		return nil, err
	}
	if c.pos < len(c.words) {
		return nil, c.unexpected()
	}
	return tree, nil
}

// errorf is a fault at the present word.
func (c *conditionParser) errorf(summary, format string, args ...any) *yamldoc.Error {
	at := len(c.at.Text)
	if c.pos < len(c.offsets) {
		at = c.offsets[c.pos]
	}
	return c.errorAt(at, summary, format, args...)
}

func (c *conditionParser) peek() string {
	if c.pos < len(c.words) {
		return c.words[c.pos]
	}
	return ""
}

func (c *conditionParser) consume(word string) bool {
	if c.peek() == word {
		c.pos++
		return true
	}
	return false
}

func (c *conditionParser) or() (*cond, *yamldoc.Error)  { return c.joined("or", condOr, c.and) }
func (c *conditionParser) and() (*cond, *yamldoc.Error) { return c.joined("and", condAnd, c.not) }

func (c *conditionParser) joined(word string, op condOp, part func() (*cond, *yamldoc.Error)) (*cond, *yamldoc.Error) {
	first, err := part()
	if err != nil {
		return nil, err
	}
	children := []*cond{first}
	for c.consume(word) {
		child, err := part()
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	if len(children) == 1 {
		return first, nil
	}
	return &cond{op: op, children: children}, nil
}

func (c *conditionParser) not() (*cond, *yamldoc.Error) {
	nots := 0
	for c.consume("not") {
		if nots++; c.depth+nots > maxConditionDepth {
			return nil, c.errorf("Condition nested too deep", "a condition must not have more than %d levels of brackets and \"not\"", maxConditionDepth)
		}
	}
	c.depth += nots
	tree, err := c.primary()
	if err != nil {
		return nil, err
	}
	c.depth -= nots
	for range nots {
		tree = &cond{op: condNot, children: []*cond{tree}}
	}
	return tree, nil
}

func (c *conditionParser) primary() (*cond, *yamldoc.Error) {
	word := c.peek()
	switch word {
	case "":
		return nil, c.errorf("Condition ends too early", "expected a selection after %q", c.previousWord())
	case "and", "or", ")":
		return nil, c.errorf("Selection missing", "expected a selection before %q", word)
	case "(":
		return c.bracket()
	}
	if c.quantifiers && c.pos+1 < len(c.words) && c.words[c.pos+1] == "of" {
		return c.quantifier(word)
	}
	if strings.Contains(word, "*") {
		return nil, c.errorf("Pattern without quantifier", "%q; write \"1 of %s\" or \"all of %s\"", word, word, word)
	}
	c.pos++
	return &cond{op: condName, name: word}, nil
}

func (c *conditionParser) bracket() (*cond, *yamldoc.Error) {
	c.pos++
	if c.depth++; c.depth > maxConditionDepth {
		return nil, c.errorf("Condition nested too deep", "a condition must not have more than %d levels of brackets and \"not\"", maxConditionDepth)
	}
	tree, err := c.or()
	if err != nil {
		return nil, err
	}
	c.depth--
	if !c.consume(")") {
		if c.pos < len(c.words) {
			return nil, c.unexpected()
		}
		return nil, c.errorf("Bracket not closed", "add the missing \")\"")
	}
	return tree, nil
}

func (c *conditionParser) quantifier(word string) (*cond, *yamldoc.Error) {
	tree := &cond{}
	switch word {
	case "1", "any":
		tree.op = condAny
	case "all":
		tree.op = condAll
	default:
		return nil, c.errorf("Unknown quantifier", "%q; expected \"1 of\", \"any of\" or \"all of\"", word+" of")
	}
	c.pos += 2
	tree.name = c.peek()
	switch tree.name {
	case "", "(", ")", "and", "or", "not":
		return nil, c.errorf("Pattern missing", "\"%s of\" must be followed by a name, a pattern or \"them\"", word)
	}
	c.pos++
	return tree, nil
}

func (c *conditionParser) previousWord() string {
	if c.pos == 0 {
		return ""
	}
	return c.words[c.pos-1]
}

// unexpected explains a word that stands where the condition should go on.
func (c *conditionParser) unexpected() *yamldoc.Error {
	word := c.peek()
	switch strings.ToLower(word) {
	case "and", "or", "not", "of":
		if word != strings.ToLower(word) {
			return c.errorf("Operator in upper case", "%q; operators must be in lower case", word)
		}
	case ")":
		return c.errorf("Bracket not opened", "add the missing \"(\"")
	}
	if c.previousWord() == "NOT" {
		return c.errorf("Operator in upper case", "%q; operators must be in lower case", c.previousWord())
	}
	return c.errorf("Operator missing", "%q follows %q; join them with \"and\" or \"or\"", word, c.previousWord())
}
