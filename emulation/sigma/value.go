package sigma

import (
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
	"net/netip"
	"regexp"
	"strings"
)

type valueKind uint8

const (
	valueText valueKind = iota
	valueNumber
	valueBool
	valueNull
	valueRegex
	valueCIDR
	valueCompare
	valueTime
	valueFieldRef
	valueExists
)

// String names the kind as a rule's author would.
func (k valueKind) String() string {
	return [...]string{"a string", "a number", "a boolean", "null", "a regular expression", "a network",
		"a comparison", "a time part", "a field name", "an existence check"}[k]
}

type compareOp uint8

const (
	equal compareOp = iota
	greater
	greaterEqual
	less
	lessEqual
	notEqual
)

func (op compareOp) String() string {
	return [...]string{"=", ">", ">=", "<", "<=", "!="}[op]
}

func (op compareOp) holds(a, b float64) bool {
	switch op {
	case greater:
		return a > b
	case greaterEqual:
		return a >= b
	case less:
		return a < b
	case lessEqual:
		return a <= b
	case notEqual:
		return a != b
	default:
		return a == b
	}
}

// value is one value of an item while and after its modifiers are applied.
type value struct {
	kind valueKind
	at   *yamldoc.Node

	alts     []wildcard.Pattern // of a text: it stands for any of these
	cased    bool
	anchored bool // startswith or endswith was said: a keyword is not searched anywhere

	number float64
	digits string // of the number, each of them
	op     compareOp
	part   scalar.TimePart

	source             string // of a regular expression
	flags              string
	pinStart           bool // of a regular expression or field reference
	pinEnd             bool
	re                 *regexp.Regexp
	net                netip.Prefix
	field              string // of a field reference
	want               bool   // of exists and booleans
	missingPlaceholder string // name of a placeholder without values
	converted          bool   // a number was taken as text by contains and its like
}

// newValue types a scalar of the rule. Numbers carry the texts they equal: the
// decimal form, and the way they were written.
func newValue(n *yamldoc.Node, raw bool) value {
	v := value{at: n}
	switch n.ScalarType() {
	case yamldoc.Null:
		v.kind = valueNull
	case yamldoc.Bool:
		v.kind = valueBool
		v.want = strings.EqualFold(n.Text, "true")
		v.alts = []wildcard.Pattern{wildcard.Plain(strings.ToLower(n.Text))}
	case yamldoc.Number:
		v.kind = valueNumber
		canonical, ok := scalar.Canonical(n.Text)
		if !ok {
			canonical = n.Text
		}
		v.number, _ = scalar.Float(canonical)
		v.digits = canonical
		v.alts = []wildcard.Pattern{wildcard.Plain(canonical)}
		if canonical != n.Text {
			v.alts = append(v.alts, wildcard.Plain(n.Text))
		}
	default:
		if raw {
			v.alts = []wildcard.Pattern{wildcard.Plain(n.Text)}
		} else {
			v.alts = []wildcard.Pattern{wildcard.Parse(n.Text)}
		}
	}
	return v
}
