package sigma

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// The limits of one YAML document. Real rules stay two orders below them; they
// keep alias bombs and hostile nesting from costing memory.
const (
	maxFileSize  = 16 << 20
	maxNodes     = 500_000
	maxNodeDepth = 200
)

type nodeKind uint8

const (
	scalarNode nodeKind = iota
	listNode
	mapNode
)

// node is a YAML value with aliases and merge keys resolved and its place kept.
type node struct {
	kind      nodeKind
	quoted    bool // a text whatever it looks like
	text      string
	tag       string // explicit standard tag, as !!str
	line, col int
	keys      []*node // of a map, beside items
	items     []*node
}

// get finds a key of a map.
func (n *node) get(key string) *node {
	if n == nil || n.kind != mapNode {
		return nil
	}
	for i, k := range n.keys {
		if k.text == key {
			return n.items[i]
		}
	}
	return nil
}

func (n *node) keyNode(key string) *node {
	for i, k := range n.keys {
		if k.text == key {
			return n.keys[i]
		}
	}
	return n
}

// nodeError is a fault at a place of the document.
type nodeError struct {
	line, col       int
	summary, detail string
	section         string
}

func (e *nodeError) Error() string { return e.summary + ": " + e.detail }

// converter turns yaml.Node trees into nodes within the limits.
type converter struct {
	offset    int // lines before this document
	remaining int
	resolving map[*yaml.Node]bool
}

func (c *converter) errorf(y *yaml.Node, summary, format string, args ...any) error {
	return &nodeError{line: y.Line + c.offset, col: y.Column, summary: summary,
		detail: fmt.Sprintf(format, args...), section: "Rules: YAML File"}
}

func (c *converter) convert(y *yaml.Node, depth int) (*node, error) {
	if c.remaining--; c.remaining < 0 {
		return nil, c.errorf(y, "Document too large", "a document must not have more than %d values; aliases count each time they are used", maxNodes)
	}
	if depth > maxNodeDepth {
		return nil, c.errorf(y, "Document nested too deep", "a document must not be nested deeper than %d levels", maxNodeDepth)
	}
	n := &node{line: y.Line + c.offset, col: y.Column}
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
		n.text = y.Value
		n.quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if y.Style&yaml.TaggedStyle != 0 {
			n.tag = y.Tag
		}
	case yaml.SequenceNode:
		n.kind = listNode
		n.items = make([]*node, 0, len(y.Content))
		for _, child := range y.Content {
			k, err := c.convert(child, depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, k)
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
func (c *converter) mapping(n *node, y *yaml.Node, depth int) error {
	n.kind = mapNode
	n.keys = make([]*node, 0, len(y.Content)/2)
	n.items = make([]*node, 0, len(y.Content)/2)
	var merges []*node
	for i := 0; i+1 < len(y.Content); i += 2 {
		k, err := c.convert(y.Content[i], depth+1)
		if err != nil {
			return err
		}
		v, err := c.convert(y.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		if k.kind != scalarNode {
			return c.errorf(y.Content[i], "String expected", "a key must be a string")
		}
		if y.Content[i].Tag == "!!merge" {
			merges = append(merges, v)
			continue
		}
		if n.get(k.text) != nil {
			return c.errorf(y.Content[i], "Duplicate key", "%q is already defined in this mapping", k.text)
		}
		n.keys = append(n.keys, k)
		n.items = append(n.items, v)
	}
	for _, m := range merges {
		if err := c.merge(n, y, m); err != nil {
			return err
		}
	}
	return nil
}

// merge lays the maps of a "<<" key under n: what n has itself stays.
func (c *converter) merge(n *node, y *yaml.Node, from *node) error {
	maps := []*node{from}
	if from.kind == listNode {
		maps = from.items
	}
	for _, m := range maps {
		if m.kind != mapNode {
			return c.errorf(y, "Mapping expected", "\"<<\" must be a mapping or a list of mappings")
		}
		for i, k := range m.keys {
			if n.get(k.text) == nil {
				n.keys = append(n.keys, k)
				n.items = append(n.items, m.items[i])
			}
		}
	}
	return nil
}
