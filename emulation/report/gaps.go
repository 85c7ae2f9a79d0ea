package report

import (
	"cmp"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
)

// mostGaps is how many gaps are written where only what stands out is.
const mostGaps = 10

// writeGaps writes the first of what scenarios name and do not perform.
func (s Style) writeGaps(out *strings.Builder, run result.Run) {
	if run.Summary.Gaps == 0 {
		return
	}
	out.WriteString(s.bold("GAPS") + "  " + counted(run.Summary.Gaps, "step") + " not performed\n\n")
	written := 0
	for _, scenario := range run.Scenarios {
		for _, gap := range scenario.Gaps {
			if written++; written <= mostGaps {
				out.WriteString(s.wrap(scenario.Name+"/"+strings.TrimPrefix(FormatGap(gap), "gap "), 2))
			}
		}
	}
	if written > mostGaps {
		out.WriteString(s.wrap("and "+thousands(written-mostGaps)+" more: --verbose names all", 2))
	}
	out.WriteString("\n")
}

// FormatGap says what is not performed, and why.
func FormatGap(gap result.Gap) string {
	title := ""
	if gap.Title != gap.ID {
		title = ", " + gap.Title
	}
	return "gap " + gap.ID + ": skipped (" + cmp.Or(gap.Technique, "no technique") + title + "): " + gap.Because
}
