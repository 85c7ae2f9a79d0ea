package regexlit

import (
	"slices"
	"strings"
)

// Prefilter is what a text has to hold for a regular expression to be asked,
// which takes far longer than to look for all of this.
type Prefilter struct {
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

// NewPrefilter analyses a regular expression. Of one that cannot be parsed it
// returns a prefilter that rules nothing out.
func NewPrefilter(source string) *Prefilter {
	h := &Prefilter{literals: RequiredLiterals(source), run: requiredRun(source)}
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

// RunIn reports whether the text has the run of bytes that every match has.
func (h *Prefilter) RunIn(text string) bool { return h.run.occursIn(text) }

// NeedsFolded reports whether literals are asked for, which takes the folded text.
func (h *Prefilter) NeedsFolded() bool { return len(h.literals) > 0 || len(h.others) > 0 }

// LiteralsIn reports whether the folded text has the literals that every match has.
func (h *Prefilter) LiteralsIn(folded string) bool {
	if len(h.literals) > 0 && !anyIn(h.literals, folded) {
		return false
	}
	for _, d := range h.others {
		if !d.metBy(folded) {
			return false
		}
	}
	return true
}

// Selective reports whether the prefilter can rule a text out.
func (h *Prefilter) Selective() bool { return len(h.literals) > 0 || h.run.length > 0 }

// OmitLiterals is for where the literal scan looks for them already.
func (h *Prefilter) OmitLiterals() { h.literals = nil }

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
