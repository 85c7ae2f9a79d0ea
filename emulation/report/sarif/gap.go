package sarif

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// gapOf is the result of what a scenario names and does not perform: a note, at the gap.
func gapOf(run evidence.Run, gap evidence.Gap, ruleIndex int) finding {
	at := locationOf(run.GapLocation(gap), "")
	at.Message = nil
	said := fmt.Sprintf("Gap at %s: %s is not performed (%s). %s.", plain(gap.Place()), plain(gap.Name()),
		cmp.Or(plain(gap.Technique), "no technique"), upperFirst(strings.TrimRight(plain(gap.Because), ".")))
	properties := map[string]any{"scenario": gap.Scenario, "step": gap.ID, "verdict": "gap"}
	if gap.Technique != "" {
		properties["technique"] = gap.Technique
	}
	return finding{
		RuleID: gapRule, RuleIndex: ruleIndex, Level: "note", Message: message{said}, Locations: []location{at},
		PartialFingerprints: fingerprints(evidence.Finding{Scenario: gap.Scenario, Step: gap.ID, Rule: gapRule, Verdict: verdict.Skipped}),
		Properties:          properties,
	}
}
