package regexlit

import "regexp/syntax"

// DollarBeforeNewline rewrites an expression so that a dollar sign fits before one last
// line break as well, as in PCRE, and not only at the very end of the text. With flag m
// it fits at the end of each line in either, and \z says the very end in either. What
// cannot be parsed is left as it is, for the compiler to complain of.
func DollarBeforeNewline(source string) string {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil || !relaxDollars(re) {
		return source
	}
	return re.String()
}

// relaxDollars reports whether there was a dollar sign to rewrite.
func relaxDollars(re *syntax.Regexp) bool {
	if re.Op == syntax.OpEndText && re.Flags&syntax.WasDollar != 0 {
		newline := &syntax.Regexp{Op: syntax.OpLiteral, Rune: []rune{'\n'}}
		*re = syntax.Regexp{Op: syntax.OpConcat, Sub: []*syntax.Regexp{
			{Op: syntax.OpQuest, Sub: []*syntax.Regexp{newline}},
			{Op: syntax.OpEndText},
		}}
		return true
	}
	found := false
	for _, sub := range re.Sub {
		found = relaxDollars(sub) || found
	}
	return found
}
