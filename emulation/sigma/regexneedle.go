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
	return required(re.Simplify())
}

func required(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral, syntax.OpCharClass, syntax.OpConcat:
		return requiredOf([]*syntax.Regexp{re})
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			lits := required(sub)
			if lits == nil || len(all)+len(lits) > maxNeedles {
				return nil
			}
			all = append(all, lits...)
		}
		return all
	}
	return nil
}

// requiredOf takes the best part of a sequence: that whose shortest literal is
// longest. Letters in both cases side by side make one literal.
func requiredOf(subs []*syntax.Regexp) []string {
	var best []string
	var run strings.Builder
	consider := func(lits []string) {
		if lits != nil && (best == nil || shortest(lits) > shortest(best)) {
			best = lits
		}
	}
	flush := func() {
		if run.Len() > 0 {
			consider([]string{run.String()})
			run.Reset()
		}
	}
	for _, sub := range subs {
		switch sub.Op {
		case syntax.OpLiteral:
			for _, r := range sub.Rune {
				if r = foldRune(r); r < 0x80 {
					run.WriteByte(byte(r))
				} else {
					flush()
				}
			}
		case syntax.OpCharClass:
			if c, ok := oneLetter(sub.Rune); ok {
				run.WriteByte(c)
			} else {
				flush()
			}
		case syntax.OpConcat:
			flush()
			consider(requiredOf(sub.Sub))
		default:
			flush()
			consider(required(sub))
		}
	}
	flush()
	return best
}

func shortest(lits []string) int {
	return len(slices.MinFunc(lits, func(a, b string) int { return len(a) - len(b) }))
}

// oneLetter says whether a class holds nothing but the cases of one ASCII letter.
func oneLetter(ranges []rune) (byte, bool) {
	if len(ranges) == 0 || len(ranges) > 8 {
		return 0, false
	}
	letter := foldRune(ranges[0])
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i] != ranges[i+1] || foldRune(ranges[i]) != letter {
			return 0, false
		}
	}
	return byte(letter), letter < 0x80
}
