package report

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// writeFigures writes the answers of a run in the order of the question: what was
// seen, what was quiet, what is known to be missed, what was not shown.
func (s Style) writeFigures(out *strings.Builder, run result.Run) {
	count := func(v verdict.Verdict) int { return run.Summary.Verdicts[v.String()] }
	seen, missed := count(verdict.Detected), count(verdict.Missed)
	figure := func(name, words string) { out.WriteString(s.Beside(fmt.Sprintf("  %-10s ", name), words)) }
	figure("seen", fmt.Sprintf("%d of %d that must fire", seen, seen+missed))
	if n := count(verdict.Silent) + count(verdict.FalseAlarm); n > 0 {
		near := len(oneChangeAway(run))
		figure("quiet", fmt.Sprintf("%d of %d that must be silent, %d of them one predicate from firing", count(verdict.Silent), n, near))
	}
	if n := count(verdict.BlindSpot); n > 0 {
		figure("blind", Plural(n, "expectation"))
	}
	if n := count(verdict.NotAsked); n > 0 {
		figure("not asked", fmt.Sprintf("%s: the step left no event that the rule reads", Plural(n, "expectation")))
	}
	if n := count(verdict.Skipped); n > 0 && len(s.Only) == 0 {
		figure("skipped", Plural(n, "expectation"))
	}
	if s.Recorded != "" {
		figure("recorded", s.Recorded)
	}
	out.WriteString("\n")
}
