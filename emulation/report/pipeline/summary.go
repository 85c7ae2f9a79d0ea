package pipeline

import (
	"fmt"
	"io"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// mostInSummary is how many findings a summary has.
const mostInSummary = 50

// Summary writes a run as the Markdown of a job's summary: the answer, the bounds of the
// gates, and what is wrong. It fails if w does.
func Summary(w io.Writer, run result.Run, findings []Finding) error {
	var out strings.Builder
	sum := run.Summary
	answer := "✅ passed"
	if worst := run.Worst(); worst > verdict.Skipped || worst == verdict.Pending || !run.GatesPassed() {
		answer = "❌ failed"
	}
	fmt.Fprintf(&out, "### ringer: %s\n\n%s, %s, %s", answer, report.Plural(sum.Scenarios, "scenario"), report.Plural(sum.Steps, "step"), report.Plural(sum.Expectations, "expectation"))
	for _, v := range verdict.All() {
		if n := sum.Verdicts[v.String()]; n > 0 {
			fmt.Fprintf(&out, ", %d %s", n, strings.ReplaceAll(v.String(), "_", " "))
		}
	}
	out.WriteString("\n")
	writeBounds(&out, run)
	if len(findings) > 0 {
		out.WriteString("\n| | what | where |\n| --- | --- | --- |\n")
	}
	for i, f := range findings {
		if i == mostInSummary {
			fmt.Fprintf(&out, "| | and %d more | |\n", len(findings)-i)
			break
		}
		where := ""
		if f.File != "" {
			where = "<code>" + cell(fmt.Sprintf("%s:%d", f.File, f.Line)) + "</code>"
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", map[Severity]string{Error: "❌", Warning: "⚠️"}[f.Severity], cell(f.Message), where)
	}
	out.WriteString("\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func writeBounds(out *strings.Builder, run result.Run) {
	if len(run.Gates) == 0 {
		return
	}
	out.WriteString("\n| gate | bound | limit | measured |\n| --- | --- | --- | --- |\n")
	for _, g := range run.Gates {
		for _, check := range g.Checks {
			sign := "✅"
			if check.Outcome != result.Passed {
				sign = "❌"
			}
			fmt.Fprintf(out, "| %s | %s %s | %s | %s |\n", cell(g.Name), sign, cell(check.Bound), cell(check.Limit), cell(check.Measured))
		}
	}
}

// cell writes text so that nothing in it is markup, in a cell of a table: what means
// something in Markdown is written as HTML writes it.
func cell(words string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "|", "&#124;", "`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "!", "&#33;", "#", "&#35;", "@", "&#64;", "~", "&#126;", "\\", "&#92;", "$", "&#36;", "://", "&#58;//").
		Replace(plain(words))
}
