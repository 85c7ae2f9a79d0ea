package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"strings"
)

type scalarType uint8

const (
	nullScalar scalarType = iota
	boolScalar
	numberScalar
	stringScalar
)

// scalarType types a YAML scalar by the core schema of YAML 1.2, which the
// specification asks for: yes, no, 12:30:45 and 2024-05-01 are texts. A number
// with leading zeros stays a text, since "01" is not 1 in any log.
func (n *node) scalarType() scalarType {
	switch n.tag {
	case "!!str", "!!binary", "!!timestamp":
		return stringScalar
	case "!!int", "!!float":
		return numberScalar
	}
	if n.quoted {
		return stringScalar
	}
	switch n.text {
	case "", "~", "null", "Null", "NULL":
		return nullScalar
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return boolScalar
	}
	if _, ok := scalar.Canonical(n.text); ok {
		return numberScalar
	}
	return stringScalar
}

func (n *node) isNull() bool {
	return n == nil || n.kind == scalarNode && n.scalarType() == nullScalar
}

func (n *node) isString() bool { return n.kind == scalarNode && n.scalarType() == stringScalar }

// goValue turns a node into Go values, for keys we keep but do not read.
func (n *node) goValue() any {
	switch n.kind {
	case listNode:
		out := make([]any, len(n.items))
		for i, e := range n.items {
			out[i] = e.goValue()
		}
		return out
	case mapNode:
		out := make(map[string]any, len(n.keys))
		for i, k := range n.keys {
			out[k.text] = n.items[i].goValue()
		}
		return out
	}
	switch n.scalarType() {
	case nullScalar:
		return nil
	case boolScalar:
		return strings.EqualFold(n.text, "true")
	case numberScalar:
		if f, ok := scalar.Float(n.text); ok {
			return f
		}
	}
	return n.text
}
