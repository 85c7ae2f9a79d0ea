package wildcard

import (
	"strings"
	"unicode/utf8"
)

// Glob is a pattern made ready for matching: runs between the stars.
type Glob struct {
	runs      [][]Token
	openStart bool
	openEnd   bool
}

// NewGlob prepares a pattern for matching.
func NewGlob(p Pattern) Glob {
	g := Glob{openStart: p.StartsOpen(), openEnd: p.EndsOpen()}
	var run []Token
	for _, t := range p {
		if t.Kind == AnyRun {
			if len(run) > 0 {
				g.runs = append(g.runs, run)
				run = nil
			}
			continue
		}
		run = append(run, t)
	}
	if len(run) > 0 {
		g.runs = append(g.runs, run)
	}
	return g
}

// Match takes the leftmost place for every run, which is enough: a run further
// left never spoils what follows. Cost is at most pattern times text.
func (g *Glob) Match(s string) bool {
	if len(g.runs) == 0 {
		return s == "" || g.openStart
	}
	runs := g.runs
	pos := 0
	if !g.openStart {
		n := matchRun(runs[0], s)
		if n < 0 {
			return false
		}
		if runs = runs[1:]; len(runs) == 0 {
			return g.openEnd || n == len(s)
		}
		pos = n
	}
	last := len(runs)
	if !g.openEnd {
		last--
	}
	for _, run := range runs[:last] {
		at, n := findRun(run, s[pos:])
		if at < 0 {
			return false
		}
		pos += at + n
	}
	return g.openEnd || endsWithRun(runs[last], s[pos:])
}

// matchRun matches at the start of s; it returns the length taken or -1.
func matchRun(run []Token, s string) int {
	pos := 0
	for _, t := range run {
		switch t.Kind {
		case Literal:
			if !strings.HasPrefix(s[pos:], t.Text) {
				return -1
			}
			pos += len(t.Text)
		case AnyOne:
			if pos >= len(s) {
				return -1
			}
			_, n := utf8.DecodeRuneInString(s[pos:])
			pos += n
		case AnyDash:
			n := dashLen(s[pos:])
			if n == 0 {
				return -1
			}
			pos += n
		default: // a placeholder nobody filled in matches nothing
			return -1
		}
	}
	return pos
}

func dashLen(s string) int {
	for _, d := range Dashes {
		if strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

func findRun(run []Token, s string) (at, n int) {
	if run[0].Kind == Literal {
		for at = 0; ; at++ {
			i := strings.Index(s[at:], run[0].Text)
			if i < 0 {
				return -1, 0
			}
			at += i
			if n = matchRun(run, s[at:]); n >= 0 {
				return at, n
			}
		}
	}
	for at = 0; at <= len(s); at += step(s[at:]) {
		if n = matchRun(run, s[at:]); n >= 0 {
			return at, n
		}
	}
	return -1, 0
}

func endsWithRun(run []Token, s string) bool {
	if len(run) == 1 && run[0].Kind == Literal {
		return strings.HasSuffix(s, run[0].Text)
	}
	for at := 0; at <= len(s); at += step(s[at:]) {
		if matchRun(run, s[at:]) == len(s)-at {
			return true
		}
	}
	return false
}

// step is the length of the first character, so that "?" never starts in the
// middle of one; 1 at the end of the text.
func step(s string) int {
	if s == "" {
		return 1
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}
