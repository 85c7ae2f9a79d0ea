package rulevalue

import (
	"regexp"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
)

// placeholderName finds %name% that is not taken back by a backslash.
// [Rules: Placeholders]
var placeholderName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\\%|%([\p{L}\p{N}_]+)%`)
})

// splitPlaceholders cuts a literal into texts and placeholders.
func splitPlaceholders(s string) wildcard.Pattern {
	var out wildcard.Pattern
	pos := 0
	for _, m := range placeholderName().FindAllStringSubmatchIndex(s, -1) {
		out = out.Append(wildcard.Token{Kind: wildcard.Literal, Text: s[pos:m[0]]})
		if m[2] < 0 {
			out = out.Append(wildcard.Token{Kind: wildcard.Literal, Text: "%"})
		} else {
			out = append(out, wildcard.Token{Kind: wildcard.Placeholder, Text: s[m[2]:m[3]]})
		}
		pos = m[1]
	}
	return out.Append(wildcard.Token{Kind: wildcard.Literal, Text: s[pos:]})
}

// expand fills placeholders in; a value with several becomes every combination.
// A name without values stays, and the value is marked.
func expand(v *Value, values map[string][]string) error {
	if v.Kind == Regex {
		return expandRegex(v, values)
	}
	return onPatterns(func(p wildcard.Pattern) ([]wildcard.Pattern, error) {
		out := []wildcard.Pattern{nil}
		for _, t := range p {
			parts := wildcard.Pattern{t}
			if t.Kind == wildcard.Literal {
				parts = splitPlaceholders(t.Text)
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

func appendFilled(heads []wildcard.Pattern, t wildcard.Token, v *Value, values map[string][]string) ([]wildcard.Pattern, error) {
	tails := []wildcard.Pattern{{t}}
	if t.Kind == wildcard.Placeholder {
		if filled, ok := values[t.Text]; ok {
			tails = tails[:0]
			for _, s := range filled {
				tails = append(tails, wildcard.Parse(s))
			}
		} else {
			v.MissingPlaceholder = t.Text
		}
	}
	if len(heads)*len(tails) > wildcard.MaxVariants {
		return nil, wildcard.ErrTooMany
	}
	out := make([]wildcard.Pattern, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, tail := range tails {
			p := append(wildcard.Pattern(nil), h...)
			for _, x := range tail {
				p = p.Append(x)
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// expandRegex puts the values in as alternatives, as plain text with wildcards.
func expandRegex(v *Value, values map[string][]string) error {
	var b strings.Builder
	for _, t := range splitPlaceholders(v.Source) {
		filled, ok := values[t.Text]
		switch {
		case t.Kind != wildcard.Placeholder:
			b.WriteString(t.Text)
		case !ok:
			v.MissingPlaceholder = t.Text
		default:
			alts := make([]string, len(filled))
			for i, s := range filled {
				alts[i] = regexSource(wildcard.Parse(s))
			}
			b.WriteString("(?:" + strings.Join(alts, "|") + ")")
		}
	}
	v.Source = b.String()
	return nil
}

func regexSource(p wildcard.Pattern) string {
	var b strings.Builder
	for _, t := range p {
		switch t.Kind {
		case wildcard.AnyRun:
			b.WriteString("(?s:.*)")
		case wildcard.AnyOne:
			b.WriteString("(?s:.)")
		default:
			b.WriteString(regexp.QuoteMeta(t.Text))
		}
	}
	return b.String()
}
