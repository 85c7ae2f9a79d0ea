package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
)

// writeGates writes what the run was held to, and a sentence for each bound that it does
// not keep.
func (s Style) writeGates(out *strings.Builder, run result.Run) {
	for _, g := range run.Gates {
		where := ""
		if g.File != "" {
			where = fmt.Sprintf("  %s:%d", g.File, g.Line)
		}
		out.WriteString(s.wrapMarked(s.plainMet(g.Passed()), s.Met(g.Passed()), " gate "+g.Name+where, 0))
		for _, check := range g.Checks {
			if check.Outcome == result.Passed && !s.Verbose {
				continue
			}
			passed := check.Outcome == result.Passed
			out.WriteString(s.wrapMarked(s.plainMet(passed), s.Met(passed), fmt.Sprintf(" %s %s: %s", check.Bound, check.Limit, check.Measured), 2))
			for _, finding := range check.Findings {
				out.WriteString(s.wrap(finding.Sentence, 4))
			}
		}
		for _, warning := range g.Warnings {
			out.WriteString(s.wrap(warning.Sentence, 2))
		}
		out.WriteString("\n")
	}
}

// plainMet is the sign of [Style.Met] without its colour.
func (s Style) plainMet(met bool) string {
	s.Color = false
	return s.Met(met)
}
