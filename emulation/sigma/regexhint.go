package sigma

import (
	"slices"
	"strings"
)

// regexHint is what a text has to hold for a regular expression to be asked,
// which takes far longer than to look for all of this.
type regexHint struct {
	literals []string // any of them, in the folded text
	further  []demand
	run      byteRun
}

// demand is a part of an expression: any of the literals, as many times as the
// expression has such parts if there is but one.
type demand struct {
	literals []string
	times    int
}

func newRegexHint(source string) *regexHint {
	h := &regexHint{literals: requiredLiterals(source), run: requiredRun(source)}
	for _, list := range literalsOfParts(source) {
		same := slices.IndexFunc(h.further, func(d demand) bool { return slices.Equal(d.literals, list) })
		if same >= 0 {
			h.further[same].times++
		} else {
			h.further = append(h.further, demand{list, 1})
		}
	}
	h.further = slices.DeleteFunc(h.further, func(d demand) bool { return d.times == 1 && slices.Equal(d.literals, h.literals) })
	slices.SortStableFunc(h.further, func(a, b demand) int { return shortest(b.literals) - shortest(a.literals) })
	return h
}

// allows asks for the folded text only if it has to.
func (h *regexHint) allows(i int32, x *scratch) bool {
	if !h.run.in(x.texts[i]) {
		return false
	}
	if len(h.literals) > 0 && !anyIn(h.literals, x.low(i)) {
		return false
	}
	for _, d := range h.further {
		if !d.metIn(x.low(i)) {
			return false
		}
	}
	return true
}

// metIn counts without overlaps, as the parts of a match lie one after another.
func (d *demand) metIn(low string) bool {
	if len(d.literals) == 1 && d.times > 1 {
		return strings.Count(low, d.literals[0]) >= d.times
	}
	return anyIn(d.literals, low)
}

func anyIn(literals []string, low string) bool {
	return slices.ContainsFunc(literals, func(lit string) bool { return strings.Contains(low, lit) })
}
