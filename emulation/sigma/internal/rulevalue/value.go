package rulevalue

import (
	"net/netip"
	"regexp"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// Kind is what a value is, and so how it is compared.
type Kind uint8

const (
	Text     Kind = iota // compared as a text, perhaps with wildcards
	Number               // compared as the text of a number
	Bool                 // compared as the text "true" or "false"
	Null                 // the field must be absent or null
	Regex                // a regular expression must match
	CIDR                 // an address must be in the network
	Compare              // a number must be greater or less
	Time                 // a part of a time must compare so
	FieldRef             // compared with another field
	Exists               // the field must exist, or must not
)

// String names the kind as a rule's author would.
func (k Kind) String() string {
	return [...]string{"a string", "a number", "a boolean", "null", "a regular expression", "a network",
		"a comparison", "a time part", "a field name", "an existence check"}[k]
}

// CompareOp is how two numbers are compared.
type CompareOp uint8

// The comparisons of the modifiers and of correlations.
const (
	Equal CompareOp = iota
	Greater
	GreaterEqual
	Less
	LessEqual
	NotEqual
)

// String is the operator in symbols, such as ">=".
func (op CompareOp) String() string {
	return [...]string{"=", ">", ">=", "<", "<=", "!="}[op]
}

// Holds reports whether a compares so with b.
func (op CompareOp) Holds(a, b float64) bool {
	switch op {
	case Greater:
		return a > b
	case GreaterEqual:
		return a >= b
	case Less:
		return a < b
	case LessEqual:
		return a <= b
	case NotEqual:
		return a != b
	default:
		return a == b
	}
}

// Value is one value of an item while and after its modifiers are applied.
type Value struct {
	Kind Kind
	at   *yamldoc.Node

	Alts     []wildcard.Pattern // of a text: it stands for any of these
	Cased    bool
	Anchored bool // startswith or endswith was said: a keyword is not searched anywhere

	Number float64
	Digits string // of the number, each of them
	Op     CompareOp
	Part   scalar.TimePart

	Source             string // of a regular expression
	Flags              string
	PinStart           bool // of a regular expression or field reference
	PinEnd             bool
	Re                 *regexp.Regexp
	Net                netip.Prefix
	Field              string // of a field reference
	Want               bool   // of exists and booleans
	MissingPlaceholder string // name of a placeholder without values
	Converted          bool   // a number was taken as text by contains and its like
}

// newValue types a scalar of the rule. Numbers carry the texts they equal: the
// decimal form, and the way they were written.
func newValue(n *yamldoc.Node, raw bool) Value {
	v := Value{at: n}
	switch n.Type() {
	case yamldoc.Null:
		v.Kind = Null
	case yamldoc.Bool:
		v.Kind = Bool
		v.Want = strings.EqualFold(n.Text, "true")
		v.Alts = []wildcard.Pattern{wildcard.Plain(strings.ToLower(n.Text))}
	case yamldoc.Number:
		v.Kind = Number
		canonical, ok := scalar.Canonical(n.Text)
		if !ok {
			canonical = n.Text
		}
		v.Number, _ = scalar.Float(canonical)
		v.Digits = canonical
		v.Alts = []wildcard.Pattern{wildcard.Plain(canonical)}
		if canonical != n.Text {
			v.Alts = append(v.Alts, wildcard.Plain(n.Text))
		}
	default:
		if raw {
			v.Alts = []wildcard.Pattern{wildcard.Plain(n.Text)}
		} else {
			v.Alts = []wildcard.Pattern{wildcard.Parse(n.Text)}
		}
	}
	return v
}
