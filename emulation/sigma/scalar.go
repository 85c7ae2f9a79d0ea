package sigma

import (
	"math/big"
	"strconv"
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
	if _, ok := canonicalNumber(n.text); ok {
		return numberScalar
	}
	return stringScalar
}

func (n *node) isNull() bool {
	return n == nil || n.kind == scalarNode && n.scalarType() == nullScalar
}

func (n *node) isString() bool { return n.kind == scalarNode && n.scalarType() == stringScalar }

// canonicalNumber is the decimal text of a number as YAML 1.2 or JSON writes
// it: integers keep every digit, fractions lose trailing zeros, exponents are
// written out as long as that stays short.
func canonicalNumber(s string) (string, bool) {
	b, ok := appendCanonical(nil, s)
	return string(b), ok
}

func appendCanonical(dst []byte, s string) ([]byte, bool) {
	s, positive := strings.CutPrefix(s, "+")
	digits, negative := strings.CutPrefix(s, "-")
	switch {
	case digits == "" || positive && negative:
		return dst, false
	case allDigits(digits):
		if digits == "0" {
			s = digits
		}
		return append(dst, s...), len(digits) == 1 || digits[0] != '0'
	case len(digits) > 2 && digits[:2] == "0x":
		u, err := strconv.ParseUint(digits[2:], 16, 64)
		return strconv.AppendUint(dst, u, 10), err == nil && !negative
	case !fraction(digits):
		return dst, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return appendFloat(dst, f), err == nil
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// fraction is the float of YAML's core schema, less leading zeros.
func fraction(s string) bool {
	whole, rest := cutDigits(s)
	if len(whole) > 1 && whole[0] == '0' {
		return false
	}
	frac := ""
	if rest != "" && rest[0] == '.' {
		frac, rest = cutDigits(rest[1:])
	}
	if whole == "" && frac == "" {
		return false
	}
	if rest == "" {
		return true
	}
	if rest[0] != 'e' && rest[0] != 'E' {
		return false
	}
	rest = rest[1:]
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	return allDigits(rest)
}

// decimal is what the library reads as a decimal float.
func decimal(s string) bool {
	if s[0] == '-' || s[0] == '+' {
		s = s[1:]
	}
	whole, rest := cutDigits(s)
	frac := ""
	if rest != "" && rest[0] == '.' {
		frac, rest = cutDigits(rest[1:])
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		if rest = rest[1:]; rest != "" && (rest[0] == '-' || rest[0] == '+') {
			rest = rest[1:]
		}
		return len(whole)+len(frac) > 0 && allDigits(rest)
	}
	return len(whole)+len(frac) > 0 && rest == ""
}

func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// appendFloat writes a number the way people do: no exponent up to 21 digits.
func appendFloat(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0')
	}
	if a := max(f, -f); a < 1e21 && a >= 1e-7 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	return strconv.AppendFloat(dst, f, 'g', -1, 64)
}

// numberOf reads a number out of an event's text: plain decimal, nothing around
// it, no hexadecimal, no infinities.
func numberOf(s string) (float64, bool) {
	if s == "" || len(s) > 400 {
		return 0, false
	}
	if !decimal(s) {
		return 0, false // before the library makes an error of it
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// compareDigits orders two decimal numbers that are one and the same as floats.
func compareDigits(a, b string) int {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return 0
	}
	return x.Cmp(y)
}

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
		if f, ok := numberOf(n.text); ok {
			return f
		}
	}
	return n.text
}
