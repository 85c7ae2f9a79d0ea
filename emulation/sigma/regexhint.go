package sigma

import (
	"slices"
	"strings"
)

// regexPrefilter is what a text has to hold for a regular expression to be asked,
// which takes far longer than to look for all of this.
type regexPrefilter struct {
	literals []string // any of them, in the folded text
	others   []requirement
	run      byteRun
}

// requirement is a part of an expression: any of the literals, as many times as the
// expression has such parts if there is but one.
type requirement struct {
	literals []string
	times    int
}

func newRegexPrefilter(source string) *regexPrefilter {
	h := &regexPrefilter{literals: requiredLiterals(source), run: requiredRun(source)}
	for _, list := range literalsOfParts(source) {
		same := slices.IndexFunc(h.others, func(d requirement) bool { return slices.Equal(d.literals, list) })
		if same >= 0 {
			h.others[same].times++
		} else {
			h.others = append(h.others, requirement{list, 1})
		}
	}
	h.others = slices.DeleteFunc(h.others, func(d requirement) bool { return d.times == 1 && slices.Equal(d.literals, h.literals) })
	slices.SortStableFunc(h.others, func(a, b requirement) int { return shortest(b.literals) - shortest(a.literals) })
	return h
}

// mayMatch asks for the folded text only if it has to.
func (h *regexPrefilter) mayMatch(i int32, m *matchState) bool {
	if !h.run.occursIn(m.texts[i]) {
		return false
	}
	if len(h.literals) > 0 && !anyIn(h.literals, m.foldedAt(i)) {
		return false
	}
	for _, d := range h.others {
		if !d.metBy(m.foldedAt(i)) {
			return false
		}
	}
	return true
}

// metBy counts without overlaps, as the parts of a match lie one after another.
func (d *requirement) metBy(low string) bool {
	if len(d.literals) == 1 && d.times > 1 {
		return strings.Count(low, d.literals[0]) >= d.times
	}
	return anyIn(d.literals, low)
}

func anyIn(literals []string, low string) bool {
	return slices.ContainsFunc(literals, func(lit string) bool { return strings.Contains(low, lit) })
}
