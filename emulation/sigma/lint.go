package sigma

import "github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"

// Lint returns warnings about rules that are valid but not likely to do what was
// meant: conditions that can never match or always do, fields that the log source
// does not have, unknown tags, rules that no emulation can set off, duplicates. [Parse]
// warns of what a single line shows, [Compile] of what references show. knownTag
// reports whether ATT&CK has a tag; if it is nil, the names of tags are not checked.
func Lint(rules []*Rule, knownTag func(tag string) bool) []Problem {
	l := &linter{knownTag: knownTag, titles: map[string]*Rule{}, detections: map[string]*Rule{}, unknown: map[string]*unknownTag{}}
	for _, r := range rules {
		l.rule = r
		l.conventions()
		l.tags()
		switch {
		case r.detection != nil:
			e := newExprBuilder(nil).detection(r.detection)
			l.fields(r.detection)
			l.satisfiability(r.detection, e)
			l.unreproducible(e)
			l.duplicateDetection(e)
		case r.filter != nil:
			l.fields(&r.filter.detection)
			l.satisfiability(&r.filter.detection, newExprBuilder(nil).detection(&r.filter.detection))
		case r.correlation != nil:
			l.correlationBounds(r.correlation)
		}
	}
	l.unknownTags()
	SortProblems(l.problems)
	return l.problems
}

// linter goes through rules one by one and remembers what has to be unique.
type linter struct {
	rule       *Rule
	file       string // of the rule before
	knownTag   func(string) bool
	titles     map[string]*Rule
	detections map[string]*Rule
	unknown    map[string]*unknownTag
	problems   []Problem
}

func (l *linter) warnf(n *yamldoc.Node, section, summary, format string, args ...any) {
	p := Problem{Severity: Warning, File: l.rule.File, Line: l.rule.Line, Rule: l.rule.Ref(), Summary: summary,
		Detail: detailOf(format, args...), Section: section}
	if n != nil {
		p.Line, p.Column = n.Line, n.Col
	}
	l.problems = append(l.problems, p)
}

// key is the place of a top-level key.
func (l *linter) key(name string) *yamldoc.Node {
	if line, ok := l.rule.keyLines[name]; ok {
		return &yamldoc.Node{Line: line, Col: 1}
	}
	return nil
}
