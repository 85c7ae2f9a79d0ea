package regexlit

import "regexp/syntax"

// byteRun is a run of bytes of a class that every match of a regular expression
// holds: without it the expression need not be asked. Hexadecimal and base64
// texts are looked for in this way, where there is no literal to go by.
type byteRun struct {
	class  [256]bool
	length int // 0: nothing is known
}

// minRun is how long a run has to be for the search to be cheaper than asking.
const minRun = 6

// requiredRun finds the longest run.
func requiredRun(source string) byteRun {
	re, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return byteRun{}
	}
	return runOf(re)
}

func runOf(re *syntax.Regexp) byteRun {
	var longest byteRun
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return runOf(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if r := runOf(sub); r.length > longest.length {
				longest = r
			}
		}
	case syntax.OpRepeat:
		if re.Min >= minRun {
			if class, ok := byteClass(re.Sub[0]); ok {
				return byteRun{class, re.Min}
			}
		}
		if re.Min > 0 {
			return runOf(re.Sub[0])
		}
	}
	return longest
}

// byteClass holds the ASCII members of a class, and every byte beyond ASCII.
func byteClass(re *syntax.Regexp) (class [256]bool, ok bool) {
	for re.Op == syntax.OpCapture {
		re = re.Sub[0]
	}
	for b := range class {
		class[b] = b >= 0x80
	}
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		for b := range 0x80 {
			class[b] = b != '\n' || re.Op == syntax.OpAnyChar
		}
		return class, true
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= min(re.Rune[i+1], 0x7f); r++ {
				class[r] = true
			}
		}
		return class, true
	}
	return class, false
}

// occursIn looks at the last byte of a possible run first, so that most of the text is
// never touched.
func (r *byteRun) occursIn(s string) bool {
	for end := r.length; end <= len(s); {
		at := end
		for at > end-r.length && r.class[s[at-1]] {
			at--
		}
		if at == end-r.length {
			return true
		}
		end = at + r.length
	}
	return r.length == 0
}
