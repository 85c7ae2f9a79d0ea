package regexlit

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/fold"
)

// RequiredLiterals lists folded ASCII literals one of which is part of every
// match of a regular expression; nil if there is no such list. Text beyond ASCII
// is left aside: expressions see characters where folding sees bytes, and broken
// UTF-8 looks different to the two.
func RequiredLiterals(source string) []string {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil
	}
	m := literalsOf(re)
	m.useExact()
	return m.required
}

// literalsOfParts lists, for each part of an expression that is a sequence, what
// requiredLiterals does of all: every match holds one of each list, in the order
// of the lists and without overlaps.
func literalsOfParts(source string) [][]string {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil
	}
	return partLiterals(re)
}

func partLiterals(re *syntax.Regexp) (lists [][]string) {
	switch re.Op {
	case syntax.OpCapture:
		return partLiterals(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			lists = append(lists, partLiterals(sub)...)
		}
		return lists
	}
	m := literalsOf(re)
	m.useExact()
	if len(m.required) > 0 {
		lists = append(lists, m.required)
	}
	return lists
}

// maxExact bounds how many texts are followed side by side.
const maxExact = 16

// literalSet is what is known of the texts an expression matches.
type literalSet struct {
	exact    []string // all of them, folded; nil if there are too many
	required []string // any of these is part of each
}

// useExact counts the exact texts among what is required.
func (m *literalSet) useExact() {
	if len(m.exact) > 0 && moreSelective(m.exact, m.required) {
		m.required = m.exact
	}
	m.exact = nil
}

// moreSelective prefers the list whose shortest literal is longest, then the shorter list.
func moreSelective(a, b []string) bool {
	la, lb := shortest(a), shortest(b)
	return la > lb || la == lb && la > 0 && len(a) < len(b)
}

func shortest(lits []string) int {
	if len(lits) == 0 {
		return 0
	}
	return len(slices.MinFunc(lits, func(a, b string) int { return len(a) - len(b) }))
}

func literalsOf(re *syntax.Regexp) literalSet {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return literalSet{exact: []string{""}}
	case syntax.OpLiteral:
		return runeLiterals(re.Rune)
	case syntax.OpCharClass:
		return literalSet{exact: classTexts(re.Rune)}
	case syntax.OpCapture:
		return literalsOf(re.Sub[0])
	case syntax.OpQuest:
		if m := literalsOf(re.Sub[0]); len(m.exact) > 0 && len(m.exact) < maxExact {
			return literalSet{exact: unique(append(m.exact, ""))}
		}
	case syntax.OpPlus:
		m := literalsOf(re.Sub[0])
		m.useExact()
		return m
	case syntax.OpRepeat:
		if re.Min > 0 {
			m := literalsOf(re.Sub[0])
			if re.Max != 1 {
				m.useExact()
			}
			return m
		}
	case syntax.OpConcat:
		return concatenated(re.Sub)
	case syntax.OpAlternate:
		return alternated(re.Sub)
	}
	return literalSet{}
}

func runeLiterals(runes []rune) literalSet {
	var b []byte
	for _, r := range runes {
		if r = fold.Rune(r); r >= 0x80 {
			return literalSet{}
		}
		b = append(b, byte(r))
	}
	return literalSet{exact: []string{string(b)}}
}

// classTexts is nil for a class that is large or goes beyond ASCII. The long s
// and the Kelvin sign fold to ASCII and are no obstacle.
func classTexts(ranges []rune) []string {
	var texts []string
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] >= maxExact {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			c := fold.Rune(r)
			if c >= 0x80 {
				return nil
			}
			texts = append(texts, string(c))
		}
	}
	if texts = unique(texts); len(texts) > maxExact {
		return nil
	}
	return texts
}

func unique(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

// concatenated follows the exact texts of neighbours as far as they stay few.
func concatenated(subs []*syntax.Regexp) literalSet {
	all := literalSet{exact: []string{""}}
	whole := true
	for _, m := range splitPlus(subs) {
		if len(m.exact) > 0 && len(all.exact)*len(m.exact) <= maxExact {
			all.exact = crossProduct(all.exact, m.exact)
			continue
		}
		whole = false
		next := m.exact
		m.exact = nil
		if len(all.exact)*len(next) <= 2*MaxLiterals {
			if longer := crossProduct(all.exact, next); moreSelective(longer, all.required) {
				if longer = withoutSupersets(longer); len(longer) <= MaxLiterals {
					all.required = longer
				}
			}
		}
		all.useExact()
		if moreSelective(m.required, all.required) {
			all.required = m.required
		}
		if all.exact = next; len(next) == 0 {
			all.exact = []string{""}
		}
	}
	if !whole {
		all.useExact()
	}
	return all
}

// splitPlus writes x+ as its first x, any number of them, and its last x: the first
// belongs to what stands before, the last to what follows.
func splitPlus(subs []*syntax.Regexp) (out []literalSet) {
	for _, sub := range subs {
		if sub.Op == syntax.OpPlus {
			x := literalsOf(sub.Sub[0])
			out = append(out, x, literalSet{}, x)
		} else {
			out = append(out, literalsOf(sub))
		}
	}
	return out
}

func crossProduct(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return unique(out)
}

// withoutSupersets leaves out texts that hold another of the list, which is found first.
func withoutSupersets(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool {
		return slices.ContainsFunc(texts, func(u string) bool { return len(u) < len(t) && strings.Contains(t, u) })
	})
}

func alternated(subs []*syntax.Regexp) literalSet {
	var exact, required []string
	allExact, allRequired := true, true
	for _, sub := range subs {
		m := literalsOf(sub)
		exact = append(exact, m.exact...)
		allExact = allExact && len(m.exact) > 0
		m.useExact()
		required = append(required, m.required...)
		allRequired = allRequired && len(m.required) > 0
	}
	switch {
	case allExact && len(exact) <= maxExact:
		return literalSet{exact: unique(exact)}
	case allRequired && len(required) <= MaxLiterals:
		return literalSet{required: required}
	}
	return literalSet{}
}

const MaxLiterals = 80 // of one predicate
