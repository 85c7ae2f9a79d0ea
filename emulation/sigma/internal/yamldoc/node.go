package yamldoc

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// The limits of one YAML document. Real rules stay two orders below them; they
// keep alias bombs and hostile nesting from costing memory.
const (
	MaxFileSize  = 16 << 20
	maxNodes     = 500_000
	MaxNodeDepth = 200
)

// Kind is what a node is.
type Kind uint8

const (
	Scalar Kind = iota // a text, number, boolean or null
	List               // of items
	Map                // of keys and items
)

// Node is a YAML value with aliases and merge keys resolved and its place kept.
type Node struct {
	Kind      Kind
	Quoted    bool // a text whatever it looks like
	Text      string
	Tag       string // explicit standard tag, as !!str
	Line, Col int
	Keys      []*Node // of a map, beside items
	Items     []*Node
}

// Get finds a key of a map.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i, k := range n.Keys {
		if k.Text == key {
			return n.Items[i]
		}
	}
	return nil
}

// KeyNode is the node of a key of a map, or n itself where there is no such key.
func (n *Node) KeyNode(key string) *Node {
	for i, k := range n.Keys {
		if k.Text == key {
			return n.Keys[i]
		}
	}
	return n
}

// Error is a fault at a place of the document.
type Error struct {
	Line, Col       int
	Summary, Detail string
	Section         string
}

// Error is the summary and the detail of the error.
func (e *Error) Error() string { return e.Summary + ": " + e.Detail }

// converter turns yaml.Node trees into nodes within the limits.
type converter struct {
	lineOffset int // lines before this document
	remaining  int
	resolving  map[*yaml.Node]bool
}

func (c *converter) errorf(y *yaml.Node, summary, format string, args ...any) error {
	return &Error{Line: y.Line + c.lineOffset, Col: y.Column, Summary: summary,
		Detail: fmt.Sprintf(format, args...), Section: "Rules: YAML File"}
}

func (c *converter) convert(y *yaml.Node, depth int) (*Node, error) {
	if c.remaining--; c.remaining < 0 {
		return nil, c.errorf(y, "Document too large", "a document must not have more than %d values; aliases count each time they are used", maxNodes)
	}
	if depth > MaxNodeDepth {
		return nil, c.errorf(y, "Document nested too deep", "a document must not be nested deeper than %d levels", MaxNodeDepth)
	}
	n := &Node{Line: y.Line + c.lineOffset, Col: y.Column}
	switch y.Kind {
	case yaml.AliasNode:
		if c.resolving[y.Alias] {
			return nil, c.errorf(y, "Alias contains itself", "*%s", y.Value)
		}
		if c.resolving == nil {
			c.resolving = map[*yaml.Node]bool{}
		}
		c.resolving[y.Alias] = true
		defer delete(c.resolving, y.Alias)
		return c.convert(y.Alias, depth+1)
	case yaml.ScalarNode:
		n.Text = y.Value
		n.Quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if y.Style&yaml.TaggedStyle != 0 {
			n.Tag = y.Tag
		}
	case yaml.SequenceNode:
		n.Kind = List
		n.Items = make([]*Node, 0, len(y.Content))
		for _, child := range y.Content {
			k, err := c.convert(child, depth+1)
			if err != nil {
				return nil, err
			}
			n.Items = append(n.Items, k)
		}
	case yaml.MappingNode:
		return n, c.mapping(n, y, depth)
	default:
		return nil, c.errorf(y, "Invalid YAML", "unexpected content")
	}
	return n, nil
}

// mapping fills a map; YAML 1.2 forbids equal keys, and a rule with one would
// silently lose half of its meaning.
func (c *converter) mapping(n *Node, y *yaml.Node, depth int) error {
	n.Kind = Map
	n.Keys = make([]*Node, 0, len(y.Content)/2)
	n.Items = make([]*Node, 0, len(y.Content)/2)
	var merges []*Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, err := c.convert(y.Content[i], depth+1)
		if err != nil {
			return err
		}
		v, err := c.convert(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if k.Kind != Scalar {
			return c.errorf(y.Content[i], "String expected", "a key must be a string")
		}
		if y.Content[i].Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		if n.Get(k.Text) != nil {
			return c.errorf(y.Content[i], "Duplicate key", "%q is already defined in this mapping", k.Text)
		}
		n.Keys = append(n.Keys, k)
		n.Items = append(n.Items, v)
	}
	for _, m := range merges {
		if err := c.merge(n, y, m); err != nil {
			return err
		}
	}
	return nil
}

// merge lays the maps of a "<<" key under n: what n has itself stays.
func (c *converter) merge(n *Node, y *yaml.Node, from *Node) error {
	maps := []*Node{from}
	if from.Kind == List {
		maps = from.Items
	}
	for _, m := range maps {
		if m.Kind != Map {
			return c.errorf(y, "Mapping expected", "\"<<\" must be a mapping or a list of mappings")
		}
		for i, k := range m.Keys {
			if n.Get(k.Text) == nil {
				n.Keys = append(n.Keys, k)
				n.Items = append(n.Items, m.Items[i])
			}
		}
	}
	return nil
}
