package markdown

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
)

// table writes rows of finished cells under their names; of more than a comment
// should have it says how many there are.
func table(names []string, rows [][]string) string {
	var out strings.Builder
	line := func(cells []string) { out.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(names)
	out.WriteString(strings.Repeat("|---", len(names)) + "|\n")
	for _, row := range rows[:min(len(rows), maxRows)] {
		line(row)
	}
	if more := len(rows) - maxRows; more > 0 {
		fmt.Fprintf(&out, "\n… and %s.\n", report.Plural(more, "more row"))
	}
	return out.String()
}

// folded hides words behind a line that can be clicked. The blank lines have Markdown
// read inside HTML.
func folded(summary, words string) string {
	return "<details><summary>" + summary + "</summary>\n\n" + words + "\n</details>\n"
}
