package yamldoc

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
)

// ScalarType is a type of YAML's core schema.
type ScalarType uint8

const (
	Null   ScalarType = iota // or nothing at all
	Bool                     // true or false, not yes or no
	Number                   // without leading zeros
	String                   // anything else
)

// Type types a YAML scalar by the core schema of YAML 1.2, which the
// specification asks for: yes, no, 12:30:45 and 2024-05-01 are texts. A number
// with leading zeros stays a text, since "01" is not 1 in any log.
func (n *Node) Type() ScalarType {
	switch n.Tag {
	case "!!str", "!!binary", "!!timestamp":
		return String
	case "!!int", "!!float":
		return Number
	}
	if n.Quoted {
		return String
	}
	switch n.Text {
	case "", "~", "null", "Null", "NULL":
		return Null
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return Bool
	}
	if _, ok := scalar.Canonical(n.Text); ok {
		return Number
	}
	return String
}

// IsNull reports whether a node is missing or null.
func (n *Node) IsNull() bool {
	return n == nil || n.Kind == Scalar && n.Type() == Null
}

// IsString reports whether a node is a scalar that is read as a string.
func (n *Node) IsString() bool { return n.Kind == Scalar && n.Type() == String }

// GoValue turns a node into Go values, for keys we keep but do not read.
func (n *Node) GoValue() any {
	switch n.Kind {
	case List:
		out := make([]any, len(n.Items))
		for i, e := range n.Items {
			out[i] = e.GoValue()
		}
		return out
	case Map:
		out := make(map[string]any, len(n.Keys))
		for i, k := range n.Keys {
			out[k.Text] = n.Items[i].GoValue()
		}
		return out
	}
	switch n.Type() {
	case Null:
		return nil
	case Bool:
		return strings.EqualFold(n.Text, "true")
	case Number:
		if f, ok := scalar.Float(n.Text); ok {
			return f
		}
	}
	return n.Text
}

// Number reads a number of a condition, also one written as text.
func (n *Node) Number() (float64, bool) {
	if n.Kind != Scalar {
		return 0, false
	}
	s, ok := scalar.Canonical(n.Text)
	if !ok {
		return 0, false
	}
	return scalar.Float(s)
}

// RuleText is a scalar as a rule would have it on one line.
func (n *Node) RuleText() string {
	if n.IsString() {
		return "'" + textline.Printable(n.Text) + "'"
	}
	return n.Text
}
