package sigma

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
)

// Severity is the severity of a problem.
type Severity int

// Error means that the rule cannot be used; Warning means that it works, but perhaps
// not as meant.
const (
	Error Severity = iota
	Warning
)

// String is the word shown to the reader.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Problem is an error or a warning about a rule file. Lines and columns count from
// 1 and are 0 where they are unknown. Summary names the kind of problem without
// values, Detail says what was found and what is expected, and Section is the part of
// the Sigma specification that requires it.
type Problem struct {
	Severity Severity
	File     string
	Line     int
	Column   int
	Rule     string // id, name or title of the rule, if it got that far
	Summary  string
	Detail   string
	Section  string
}

// maxDetail is how much of a detail is kept: what a rule says may be megabytes.
const maxDetail = 300

func detailOf(format string, args ...any) string {
	return clipped(fmt.Sprintf(format, args...))
}

func clipped(detail string) string {
	if len(detail) <= maxDetail {
		return detail
	}
	return textline.Shorten(detail, maxDetail)
}

// String is one line: place, severity, summary, detail and section.
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		b.WriteByte(':')
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	fmt.Fprintf(&b, "%s: %s", p.Severity, p.Summary)
	if p.Detail != "" {
		b.WriteString(": ")
		b.WriteString(p.Detail)
	}
	if p.Section != "" {
		fmt.Fprintf(&b, " [%s]", p.Section)
	}
	return b.String()
}

// Errors counts the problems that cost a rule.
func Errors(problems []Problem) int {
	n := 0
	for _, p := range problems {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// SortProblems orders by file, then position, errors before warnings.
func SortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Summary, b.Summary),
			cmp.Compare(a.Detail, b.Detail),
		)
	})
}
