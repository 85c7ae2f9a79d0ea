package scalar

import (
	"math/big"
	"strconv"
	"strings"
)

// Canonical is the decimal text of a number as YAML 1.2 or JSON writes
// it: integers keep every digit, fractions lose trailing zeros, exponents are
// written out as long as that stays short.
func Canonical(s string) (string, bool) {
	b, ok := AppendCanonical(nil, s)
	return string(b), ok
}

// AppendCanonical appends what [Canonical] returns; ok is false where s is not a
// number, and dst may then have been appended to.
func AppendCanonical(dst []byte, s string) ([]byte, bool) {
	s, positive := strings.CutPrefix(s, "+")
	digits, negative := strings.CutPrefix(s, "-")
	switch {
	case digits == "" || positive && negative:
		return dst, false
	case AllDigits(digits):
		if digits == "0" {
			s = digits
		}
		return append(dst, s...), len(digits) == 1 || digits[0] != '0'
	case len(digits) > 2 && digits[:2] == "0x":
		u, err := strconv.ParseUint(digits[2:], 16, 64)
		return strconv.AppendUint(dst, u, 10), err == nil && !negative
	case !isYAMLFloat(digits):
		return dst, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return AppendFloat(dst, f), err == nil
}

// AllDigits reports whether s is not empty and has decimal digits only.
func AllDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isYAMLFloat is the float of YAML's core schema, less leading zeros.
func isYAMLFloat(s string) bool {
	whole, rest := CutDigits(s)
	if len(whole) > 1 && whole[0] == '0' {
		return false
	}
	frac := ""
	if rest != "" && rest[0] == '.' {
		frac, rest = CutDigits(rest[1:])
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
	return AllDigits(rest)
}

// isDecimal is what the library reads as a decimal float.
func isDecimal(s string) bool {
	if s[0] == '-' || s[0] == '+' {
		s = s[1:]
	}
	whole, rest := CutDigits(s)
	frac := ""
	if rest != "" && rest[0] == '.' {
		frac, rest = CutDigits(rest[1:])
	}
	if rest != "" && (rest[0] == 'e' || rest[0] == 'E') {
		if rest = rest[1:]; rest != "" && (rest[0] == '-' || rest[0] == '+') {
			rest = rest[1:]
		}
		return len(whole)+len(frac) > 0 && AllDigits(rest)
	}
	return len(whole)+len(frac) > 0 && rest == ""
}

// CutDigits splits s after the decimal digits that it begins with.
func CutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// AppendFloat writes a number the way people do: no exponent up to 21 digits.
func AppendFloat(dst []byte, f float64) []byte {
	if f == 0 {
		return append(dst, '0')
	}
	if a := max(f, -f); a < 1e21 && a >= 1e-7 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	return strconv.AppendFloat(dst, f, 'g', -1, 64)
}

// Float reads a number out of an event's text: plain decimal, nothing around
// it, no hexadecimal, no infinities.
func Float(s string) (float64, bool) {
	if s == "" || len(s) > 400 {
		return 0, false
	}
	if !isDecimal(s) {
		return 0, false // before the library makes an error of it
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// CompareDecimals orders two decimal numbers that are one and the same as floats.
func CompareDecimals(a, b string) int {
	x, okX := new(big.Rat).SetString(a)
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return 0
	}
	return x.Cmp(y)
}

// Int reads decimal digits; it reports false where s has anything else.
func Int(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
