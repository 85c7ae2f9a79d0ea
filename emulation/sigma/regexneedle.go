package sigma

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// requiredLiterals lists folded ASCII literals one of which is part of every
// match of a regular expression; nil if there is no such list. Text beyond ASCII
// is left aside: expressions see characters where folding sees bytes, and broken
// UTF-8 looks different to the two.
func requiredLiterals(source string) []string {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil
	}
	m := matchesOf(re)
	m.settle()
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
	return partsRequire(re)
}

func partsRequire(re *syntax.Regexp) (lists [][]string) {
	switch re.Op {
	case syntax.OpCapture:
		return partsRequire(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			lists = append(lists, partsRequire(sub)...)
		}
		return lists
	}
	m := matchesOf(re)
	m.settle()
	if len(m.required) > 0 {
		lists = append(lists, m.required)
	}
	return lists
}

// maxExact bounds how many texts are followed side by side.
const maxExact = 16

// matches is what is known of the texts an expression matches.
type matches struct {
	exact    []string // all of them, folded; nil if there are too many
	required []string // any of these is part of each
}

// settle counts the exact texts among what is required.
func (m *matches) settle() {
	if len(m.exact) > 0 && rarer(m.exact, m.required) {
		m.required = m.exact
	}
	m.exact = nil
}

// rarer prefers the list whose shortest literal is longest, then the shorter list.
func rarer(a, b []string) bool {
	la, lb := shortest(a), shortest(b)
	return la > lb || la == lb && la > 0 && len(a) < len(b)
}

func shortest(lits []string) int {
	if len(lits) == 0 {
		return 0
	}
	return len(slices.MinFunc(lits, func(a, b string) int { return len(a) - len(b) }))
}

func matchesOf(re *syntax.Regexp) matches {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return matches{exact: []string{""}}
	case syntax.OpLiteral:
		return literalMatches(re.Rune)
	case syntax.OpCharClass:
		return matches{exact: classTexts(re.Rune)}
	case syntax.OpCapture:
		return matchesOf(re.Sub[0])
	case syntax.OpQuest:
		if m := matchesOf(re.Sub[0]); len(m.exact) > 0 && len(m.exact) < maxExact {
			return matches{exact: unique(append(m.exact, ""))}
		}
	case syntax.OpPlus:
		m := matchesOf(re.Sub[0])
		m.settle()
		return m
	case syntax.OpRepeat:
		if re.Min > 0 {
			m := matchesOf(re.Sub[0])
			if re.Max != 1 {
				m.settle()
			}
			return m
		}
	case syntax.OpConcat:
		return sequence(re.Sub)
	case syntax.OpAlternate:
		return alternatives(re.Sub)
	}
	return matches{}
}

func literalMatches(runes []rune) matches {
	var b []byte
	for _, r := range runes {
		if r = foldRune(r); r >= 0x80 {
			return matches{}
		}
		b = append(b, byte(r))
	}
	return matches{exact: []string{string(b)}}
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
			c := foldRune(r)
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

// sequence follows the exact texts of neighbours as far as they stay few.
func sequence(subs []*syntax.Regexp) matches {
	all := matches{exact: []string{""}}
	whole := true
	for _, m := range parts(subs) {
		if len(m.exact) > 0 && len(all.exact)*len(m.exact) <= maxExact {
			all.exact = product(all.exact, m.exact)
			continue
		}
		whole = false
		next := m.exact
		m.exact = nil
		if len(all.exact)*len(next) <= 2*maxNeedles {
			if longer := product(all.exact, next); rarer(longer, all.required) {
				if longer = sparing(longer); len(longer) <= maxNeedles {
					all.required = longer
				}
			}
		}
		all.settle()
		if rarer(m.required, all.required) {
			all.required = m.required
		}
		if all.exact = next; len(next) == 0 {
			all.exact = []string{""}
		}
	}
	if !whole {
		all.settle()
	}
	return all
}

// parts writes x+ as its first x, any number of them, and its last x: the first
// belongs to what stands before, the last to what follows.
func parts(subs []*syntax.Regexp) (out []matches) {
	for _, sub := range subs {
		if sub.Op == syntax.OpPlus {
			x := matchesOf(sub.Sub[0])
			out = append(out, x, matches{}, x)
		} else {
			out = append(out, matchesOf(sub))
		}
	}
	return out
}

func product(heads, tails []string) []string {
	out := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			out = append(out, h+t)
		}
	}
	return unique(out)
}

// sparing leaves out texts that hold another of the list, which is found first.
func sparing(texts []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool {
		return slices.ContainsFunc(texts, func(u string) bool { return len(u) < len(t) && strings.Contains(t, u) })
	})
}

func alternatives(subs []*syntax.Regexp) matches {
	var exact, required []string
	allExact, allRequired := true, true
	for _, sub := range subs {
		m := matchesOf(sub)
		exact = append(exact, m.exact...)
		allExact = allExact && len(m.exact) > 0
		m.settle()
		required = append(required, m.required...)
		allRequired = allRequired && len(m.required) > 0
	}
	switch {
	case allExact && len(exact) <= maxExact:
		return matches{exact: unique(exact)}
	case allRequired && len(required) <= maxNeedles:
		return matches{required: required}
	}
	return matches{}
}
