package html

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// gapsID is the anchor of the section on what the run says nothing of.
const gapsID = "gaps"

// gap is what the run does not say anything of, with the reason.
type gap struct {
	Mark mark
	// Rule is a rule's or a technique's id.
	Rule, Title string
	Place       place
	Reason      string
}

// gapsOf are the blind spots, and what was skipped, not asked, not proven, broken, or named
// by a scenario as not performed.
func gapsOf(of evidence.Run) []gap {
	var all []gap
	for _, name := range of.Result.Interrupted {
		all = append(all, gap{Mark: verdictMark(verdict.Errored), Place: place{Name: name}, Reason: "Interrupted and not judged."})
	}
	for i, s := range of.Scenarios {
		for j, step := range s.Steps {
			at := place{s.Judged.Name + "/" + step.Judged.ID, stepID(i, j)}
			if became, reason := step.Judged.WithoutExpectations(); became != verdict.Pending {
				all = append(all, gap{Mark: verdictMark(became), Place: at, Reason: upperFirst(reason) + "."})
			}
			for _, expectation := range step.Judged.Expectations {
				switch expectation.Verdict {
				case verdict.Silent, verdict.Detected, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed:
					continue
				case verdict.BlindSpot, verdict.Pending, verdict.NotAsked, verdict.Skipped, verdict.NoEffect, verdict.Errored:
				}
				reason := expectation.Reason
				if reason == "" {
					reason = expectation.Because
				}
				all = append(all, gap{verdictMark(expectation.Verdict), of.ShortID(expectation.Rule), expectation.Title, at, upperFirst(reason)})
			}
			if n := step.Judged.NotAsked; n > 0 {
				all = append(all, gap{Mark: verdictMark(verdict.NotAsked), Place: at,
					Reason: fmt.Sprintf("The ordinary day produced no event that %s could have read.", report.Plural(n, "rule"))})
			}
		}
	}
	for _, s := range of.Result.Scenarios {
		for _, detector := range s.Outside {
			said, wrong := detector.Sentences()
			became := verdict.Skipped
			if wrong {
				became = verdict.Errored
			}
			if len(said) > 1 {
				all = append(all, gap{Mark: verdictMark(became), Title: "Outside detector " + detector.Name, Place: place{Name: s.Name}, Reason: upperFirst(strings.Join(said, ". ")) + "."})
			}
		}
	}
	for _, named := range of.Gaps() {
		all = append(all, gap{stateMarks[evidence.TechniqueGap], named.Technique, named.Name(), place{Name: named.Place()}, upperFirst(named.Because)})
	}
	return all
}
