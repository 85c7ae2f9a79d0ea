package sigma

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

// maxVariants bounds what windash and expand may multiply a value into.
const maxVariants = 4096

var (
	errEncodeWildcard = errors.New("a value with wildcards cannot be encoded")
	errTooMany        = fmt.Errorf("the value expands to more than %d variants", maxVariants)
)

// expandDashes replaces varying dashes by one pattern for each variant; encodings
// need whole texts.
func expandDashes(p pattern) ([]pattern, error) {
	out := []pattern{nil}
	for _, t := range p {
		if t.kind != anyDash {
			for i := range out {
				out[i] = out[i].add(t)
			}
			continue
		}
		next := make([]pattern, 0, len(out)*len(dashes))
		for _, q := range out {
			for _, d := range dashes {
				next = append(next, append(pattern(nil), q...).add(token{literalToken, d}))
			}
		}
		if len(next) > maxVariants {
			return nil, errTooMany
		}
		out = next
	}
	return out, nil
}

// encodeEach applies a text encoding to each variant of p.
func encodeEach(p pattern, encode func(string) []string) ([]pattern, error) {
	if p.hasWildcard() {
		return nil, errEncodeWildcard
	}
	if p.has(placeholderToken) {
		return []pattern{p}, nil
	}
	variants, err := expandDashes(p)
	if err != nil {
		return nil, err
	}
	var out []pattern
	for _, v := range variants {
		for _, s := range encode(v.plain()) {
			out = append(out, plainPattern(s))
		}
	}
	return out, nil
}

func base64Text(s string) []string {
	return []string{base64.StdEncoding.EncodeToString([]byte(s))}
}

// base64Offsets encodes s as it looks at the three positions inside a longer
// text: the characters that neighbours would change are cut off.
// [Modifiers: base64offset]
func base64Offsets(s string) []string {
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

// widen encodes the literals of p; wildcards stay. The dashes vary as texts, so
// they are unfolded first.
func widen(p pattern, order binary.AppendByteOrder, bom string) ([]pattern, error) {
	if p.has(anyDash) {
		variants, err := expandDashes(p)
		if err != nil {
			return nil, err
		}
		var out []pattern
		for _, v := range variants {
			w, err := widen(v, order, bom)
			if err != nil {
				return nil, err
			}
			out = append(out, w...)
		}
		return out, nil
	}
	w := p.mapLiterals(func(s string) string { return utf16Bytes(s, order) })
	if bom != "" {
		w = append(pattern(nil).add(token{literalToken, bom}), w...)
		w = mergeLiterals(w)
	}
	return []pattern{w}, nil
}

func mergeLiterals(p pattern) pattern {
	var out pattern
	for _, t := range p {
		out = out.add(t)
	}
	return out
}
