package condition

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// maxConditionDepth bounds brackets and "not" inside one another; people write
// fewer than ten.
const maxConditionDepth = 250

// Op is what a node of a condition does with its children.
type Op uint8

const (
	Name Op = iota // of a selection or a rule, without children
	And            // of all children
	Or             // of any child
	Not            // of one child
	Any            // 1 of, any of
	All            // all of
)

// Tree is a condition as it is written. [Rules: Condition]
type Tree struct {
	Op       Op
	Children []*Tree
	Name     string // of a selection, or the pattern after "of"
}

// parser reads
//
//	cond = and {"or" and};  and = not {"and" not};  not = "not" not | prim
//	prim = "(" cond ")" | ("1"|"any"|"all") "of" (pattern|"them") | name
//
// over whole words, so that "notepad" and "order" are names.
type parser struct {
	at          *yamldoc.Node
	words       []string
	offsets     []int // where in the text each word begins, beside words
	pos         int
	depth       int
	quantifiers bool // "1 of" is part of the language; not so in correlations
}

// Parse reads the condition of a detection or a filter. The error is nil if the
// text of the node is a condition; else it says at which place it is not.
func Parse(n *yamldoc.Node) (*Tree, *yamldoc.Error) {
	c := parser{at: n, quantifiers: true}
	return c.parse(n.Text)
}

// ParseRuleNames reads the condition of a correlation over names of rules, in which
// "1 of" and "all of" are not allowed. It fails as [Parse] does.
func ParseRuleNames(n *yamldoc.Node) (*Tree, *yamldoc.Error) {
	c := parser{at: n}
	return c.parse(n.Text)
}

func (c *parser) parse(text string) (*Tree, *yamldoc.Error) {
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
func (c *parser) errorf(summary, format string, args ...any) *yamldoc.Error {
	at := len(c.at.Text)
	if c.pos < len(c.offsets) {
		at = c.offsets[c.pos]
	}
	return c.errorAt(at, summary, format, args...)
}

func (c *parser) peek() string {
	if c.pos < len(c.words) {
		return c.words[c.pos]
	}
	return ""
}

func (c *parser) consume(word string) bool {
	if c.peek() == word {
		c.pos++
		return true
	}
	return false
}

func (c *parser) or() (*Tree, *yamldoc.Error)  { return c.joined("or", Or, c.and) }
func (c *parser) and() (*Tree, *yamldoc.Error) { return c.joined("and", And, c.not) }

func (c *parser) joined(word string, op Op, part func() (*Tree, *yamldoc.Error)) (*Tree, *yamldoc.Error) {
	first, err := part()
	if err != nil {
		return nil, err
	}
	children := []*Tree{first}
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
	return &Tree{Op: op, Children: children}, nil
}

func (c *parser) not() (*Tree, *yamldoc.Error) {
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
		tree = &Tree{Op: Not, Children: []*Tree{tree}}
	}
	return tree, nil
}

func (c *parser) primary() (*Tree, *yamldoc.Error) {
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
	return &Tree{Op: Name, Name: word}, nil
}

func (c *parser) bracket() (*Tree, *yamldoc.Error) {
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

func (c *parser) quantifier(word string) (*Tree, *yamldoc.Error) {
	tree := &Tree{}
	switch word {
	case "1", "any":
		tree.Op = Any
	case "all":
		tree.Op = All
	default:
		return nil, c.errorf("Unknown quantifier", "%q; expected \"1 of\", \"any of\" or \"all of\"", word+" of")
	}
	c.pos += 2
	tree.Name = c.peek()
	switch tree.Name {
	case "", "(", ")", "and", "or", "not":
		return nil, c.errorf("Pattern missing", "\"%s of\" must be followed by a name, a pattern or \"them\"", word)
	}
	c.pos++
	return tree, nil
}

func (c *parser) previousWord() string {
	if c.pos == 0 {
		return ""
	}
	return c.words[c.pos-1]
}

// unexpected explains a word that stands where the condition should go on.
func (c *parser) unexpected() *yamldoc.Error {
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

// Negates reports whether there is a "not" anywhere in a condition.
func Negates(c *Tree) bool {
	if c.Op == Not {
		return true
	}
	for _, k := range c.Children {
		if Negates(k) {
			return true
		}
	}
	return false
}

// Names lists the names of a condition in the order they appear, each once.
func (c *Tree) Names(out []string) []string {
	if c.Op == Name && !slices.Contains(out, c.Name) {
		out = append(out, c.Name)
	}
	for _, k := range c.Children {
		out = k.Names(out)
	}
	return out
}

// Holds evaluates the condition: in answers for names that have to occur, seen
// for those below a "not".
func (c *Tree) Holds(in, seen func(string) bool) bool {
	switch c.Op {
	case Not:
		return !c.Children[0].Holds(seen, in)
	case And:
		for _, k := range c.Children {
			if !k.Holds(in, seen) {
				return false
			}
		}
		return true
	case Or:
		for _, k := range c.Children {
			if k.Holds(in, seen) {
				return true
			}
		}
		return false
	default:
		return in(c.Name)
	}
}

// String is the condition as a rule would have it, with the brackets it needs.
func (c *Tree) String() string {
	switch c.Op {
	case Name:
		return c.Name
	case Any:
		return "1 of " + c.Name
	case All:
		return "all of " + c.Name
	case Not:
		return "not " + c.Children[0].bracketed(Not)
	}
	word := " and "
	if c.Op == Or {
		word = " or "
	}
	children := make([]string, len(c.Children))
	for i, k := range c.Children {
		children[i] = k.bracketed(c.Op)
	}
	return strings.Join(children, word)
}

func (c *Tree) bracketed(inside Op) string {
	if c.Op == Or || c.Op == And && inside == Not {
		return "(" + c.String() + ")"
	}
	return c.String()
}

// MatchName compares a name with a pattern that may hold "*" anywhere.
func MatchName(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == name
	}
	if !strings.HasPrefix(name, parts[0]) {
		return false
	}
	name = name[len(parts[0]):]
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return strings.HasSuffix(name, last)
}
