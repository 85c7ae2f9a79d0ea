package wildcard

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxVariants bounds what windash and expand may multiply a value into.
const MaxVariants = 4096

var (
	errEncodeWildcard = errors.New("a value with wildcards cannot be encoded")
	// ErrTooMany tells of a value that expands to more than [MaxVariants] variants.
	ErrTooMany = fmt.Errorf("the value expands to more than %d variants", MaxVariants)
)

// ExpandDashes replaces varying dashes by one pattern for each variant; encodings
// need whole texts. It fails with [ErrTooMany] beyond [MaxVariants] of them.
func ExpandDashes(p Pattern) ([]Pattern, error) {
	out := []Pattern{nil}
	for _, t := range p {
		if t.Kind != AnyDash {
			for i := range out {
				out[i] = out[i].Append(t)
			}
			continue
		}
		next := make([]Pattern, 0, len(out)*len(Dashes))
		for _, q := range out {
			for _, d := range Dashes {
				next = append(next, append(Pattern(nil), q...).Append(Token{Literal, d}))
			}
		}
		if len(next) > MaxVariants {
			return nil, ErrTooMany
		}
		out = next
	}
	return out, nil
}

// EncodeEach applies a text encoding to each variant of p. It fails where p has
// wildcards, which cannot be encoded, or too many variants.
func EncodeEach(p Pattern, encode func(string) []string) ([]Pattern, error) {
	if p.HasWildcard() {
		return nil, errEncodeWildcard
	}
	if p.Has(Placeholder) {
		return []Pattern{p}, nil
	}
	variants, err := ExpandDashes(p)
	if err != nil {
		return nil, err
	}
	var out []Pattern
	for _, v := range variants {
		for _, s := range encode(v.Plain()) {
			out = append(out, Plain(s))
		}
	}
	return out, nil
}

// Base64Text encodes s, as the only text of the result.
func Base64Text(s string) []string {
	return []string{base64.StdEncoding.EncodeToString([]byte(s))}
}

// Base64Offsets encodes s as it looks at the three positions inside a longer
// text: the characters that neighbours would change are cut off.
// [Modifiers: base64offset]
func Base64Offsets(s string) []string {
	front, back := [3]int{0, 2, 3}, [3]int{0, 3, 2}
	out := make([]string, 0, 3)
	for offset := range 3 {
		enc := base64.StdEncoding.EncodeToString(append(make([]byte, offset), s...))
		end := len(enc) - back[(len(s)+offset)%3]
		if cut := front[offset]; cut < end {
			out = append(out, enc[cut:end])
		}
	}
	return out
}

func utf16Bytes(s string, order binary.AppendByteOrder) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = order.AppendUint16(out, u)
	}
	return string(out)
}

// Widen encodes the literals of p; wildcards stay. The dashes vary as texts, so
// they are expanded first, which fails where there are too many of them.
func Widen(p Pattern, order binary.AppendByteOrder, bom string) ([]Pattern, error) {
	if p.Has(AnyDash) {
		variants, err := ExpandDashes(p)
		if err != nil {
			return nil, err
		}
		var out []Pattern
		for _, v := range variants {
			w, err := Widen(v, order, bom)
			if err != nil {
				return nil, err
			}
			out = append(out, w...)
		}
		return out, nil
	}
	w := p.MapLiterals(func(s string) string { return utf16Bytes(s, order) })
	if bom != "" {
		w = append(Pattern(nil).Append(Token{Literal, bom}), w...)
		w = mergeLiterals(w)
	}
	return []Pattern{w}, nil
}

func mergeLiterals(p Pattern) Pattern {
	var out Pattern
	for _, t := range p {
		out = out.Append(t)
	}
	return out
}

// Dashes are what windash takes for one another. [Modifiers: windash]
var Dashes = [...]string{"-", "/", "–", "—", "―"}

// Utf8 says that all literals are text, which the modifiers' encodings need not
// leave.
func (p Pattern) Utf8() bool {
	for _, t := range p {
		if !utf8.ValidString(t.Text) {
			return false
		}
	}
	return true
}

// PlainWithDashes is like Plain, with "-" for each varying dash.
func (p Pattern) PlainWithDashes() string {
	var b strings.Builder
	for _, t := range p {
		if t.Kind == AnyDash {
			b.WriteByte('-')
		}
		b.WriteString(t.Text)
	}
	return b.String()
}
