package sigma

import (
	"regexp"
	"strings"
	"sync"
)

// placeholderName finds %name% that is not taken back by a backslash.
// [Rules: Placeholders]
var placeholderName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\\%|%([\p{L}\p{N}_]+)%`)
})

// splitPlaceholders cuts a literal into texts and placeholders.
func splitPlaceholders(s string) pattern {
	var out pattern
	pos := 0
	for _, m := range placeholderName().FindAllStringSubmatchIndex(s, -1) {
		out = out.add(token{literalToken, s[pos:m[0]]})
		if m[2] < 0 {
			out = out.add(token{literalToken, "%"})
		} else {
			out = append(out, token{placeholderToken, s[m[2]:m[3]]})
		}
		pos = m[1]
	}
	return out.add(token{literalToken, s[pos:]})
}

// expand fills placeholders in; a value with several becomes every combination.
// A name without values stays, and the value is marked.
func expand(v *value, values map[string][]string) error {
	if v.kind == valueRegex {
		return expandRegex(v, values)
	}
	return onPatterns(func(p pattern) ([]pattern, error) {
		out := []pattern{nil}
		for _, t := range p {
			parts := pattern{t}
			if t.kind == literalToken {
				parts = splitPlaceholders(t.text)
			}
			for _, part := range parts {
				next, err := appendFilled(out, part, v, values)
				if err != nil {
					return nil, err
				}
				out = next
			}
		}
		return out, nil
	})(v, values)
}

func appendFilled(heads []pattern, t token, v *value, values map[string][]string) ([]pattern, error) {
	tails := []pattern{{t}}
	if t.kind == placeholderToken {
		if filled, ok := values[t.text]; ok {
			tails = tails[:0]
			for _, s := range filled {
				tails = append(tails, parsePattern(s))
			}
		} else {
			v.missingPlaceholder = t.text
		}
	}
	if len(heads)*len(tails) > maxVariants {
		return nil, errTooMany
	}
	out := make([]pattern, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, tail := range tails {
			p := append(pattern(nil), h...)
			for _, x := range tail {
				p = p.add(x)
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// expandRegex puts the values in as alternatives, as plain text with wildcards.
func expandRegex(v *value, values map[string][]string) error {
	var b strings.Builder
	for _, t := range splitPlaceholders(v.source) {
		filled, ok := values[t.text]
		switch {
		case t.kind != placeholderToken:
			b.WriteString(t.text)
		case !ok:
			v.missingPlaceholder = t.text
		default:
			alts := make([]string, len(filled))
			for i, s := range filled {
				alts[i] = regexSource(parsePattern(s))
			}
			b.WriteString("(?:" + strings.Join(alts, "|") + ")")
		}
	}
	v.source = b.String()
	return nil
}

func regexSource(p pattern) string {
	var b strings.Builder
	for _, t := range p {
		switch t.kind {
		case anyRun:
			b.WriteString("(?s:.*)")
		case anyOne:
			b.WriteString("(?s:.)")
		default:
			b.WriteString(regexp.QuoteMeta(t.text))
		}
	}
	return b.String()
}
