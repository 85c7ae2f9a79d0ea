package html

import (
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
)

// bound is a row of what the run was held to.
type bound struct {
	Gate, Bound, Limit, Measured string
	Mark                         mark
	// Sentences say what to do where the bound is not kept.
	Sentences []string
}

// boundsOf are the bounds of all gates, and what they warn of.
func boundsOf(of evidence.Run) []bound {
	marks := map[result.GateOutcome]mark{
		result.Passed: {"good", "✓", "passed"}, result.Failed: {"bad", "✗", "failed"}, result.NotJudged: {"bad", "!", "not judged"},
	}
	var all []bound
	for _, g := range of.Result.Gates {
		for _, check := range g.Checks {
			row := bound{Gate: g.Name, Bound: check.Bound, Limit: check.Limit, Measured: check.Measured, Mark: marks[check.Outcome]}
			for _, finding := range check.Findings {
				row.Sentences = append(row.Sentences, finding.Sentence)
			}
			all = append(all, row)
		}
		for _, warning := range g.Warnings {
			all = append(all, bound{Gate: g.Name, Mark: mark{"warn", "!", "warning"}, Sentences: []string{warning.Sentence}})
		}
	}
	return all
}
