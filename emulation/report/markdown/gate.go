package markdown

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
	"github.com/ringer-lab/ringer/emulation/result"
)

// gates says what the run was held to: of what it does not keep to a row each.
func gates(of evidence.Run) string {
	var rows [][]string
	passed := 0
	for _, g := range of.Result.Gates {
		for _, check := range g.Checks {
			if check.Outcome == result.Passed {
				passed++
				continue
			}
			for _, finding := range check.Findings {
				rows = append(rows, []string{"❌ " + mdtext.Text(g.Name), mdtext.Code(check.Bound + " " + check.Limit), mdtext.Text(check.Measured), mdtext.Text(finding.Sentence)})
			}
		}
		for _, warning := range g.Warnings {
			rows = append(rows, []string{"⚠️ " + mdtext.Text(g.Name), "", "", mdtext.Text(warning.Sentence)})
		}
	}
	switch {
	case len(of.Result.Gates) == 0:
		return ""
	case len(rows) == 0:
		return fmt.Sprintf("✅ **Gates** passed: %d bounds kept\n", passed)
	}
	title := "Gates passed"
	if !of.Result.GatesPassed() {
		title = "Gates not passed"
	}
	return "**" + title + "**\n\n" + table([]string{"gate", "bound", "measured", "what to do"}, rows)
}
