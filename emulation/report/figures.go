package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// writeFigures writes the answers of a run in the order of the question: what was
// seen, what was quiet, what is known to be missed, what was not shown.
func (s Style) writeFigures(out *strings.Builder, run result.Run) {
	count := func(v verdict.Verdict) int { return run.Summary.Verdicts[v.String()] }
	var figures strings.Builder
	figure := func(name, words string) { figures.WriteString(s.Beside(fmt.Sprintf("  %-10s ", name), words)) }
	late := count(verdict.DetectedLate)
	if fired := count(verdict.Detected) + late + count(verdict.Missed); fired > 0 {
		behaviours, rules := detectedBehaviours(run)
		words := fmt.Sprintf("%s of %s that must fire: %s, %s", thousands(count(verdict.Detected)), thousands(fired),
			counted(behaviours, "behaviour"), counted(rules, "rule"))
		if late > 0 {
			words += fmt.Sprintf("; %s late", thousands(late))
		}
		figure("seen", words)
	}
	if quiet := count(verdict.Silent) + count(verdict.FalseAlarm); quiet > 0 {
		words := fmt.Sprintf("%s of %s that must be silent", thousands(count(verdict.Silent)), thousands(quiet))
		if near := len(oneChangeAway(run)); near > 0 {
			words += fmt.Sprintf(", %s of them one predicate from firing", thousands(near))
		}
		figure("quiet", words)
	}
	if n := count(verdict.BlindSpot); n > 0 {
		figure("blind", counted(n, "expectation"))
	}
	if n := count(verdict.NotAsked); n > 0 {
		figure("not asked", counted(n, "expectation")+": the step left no event that the rule reads")
	}
	if n := count(verdict.Skipped); n > 0 {
		figure("skipped", counted(n, "expectation"))
	}
	if n := run.Summary.Gaps; n > 0 {
		figure("gaps", counted(n, "step")+" that scenarios name and do not perform")
	}
	if n := run.Summary.Stated; n > 0 {
		figure("stated", counted(n, "verdict")+" on what a behaviour's author wrote: --strict=observed names each")
	}
	for _, words := range AllowedWords(run) {
		figure("allowed", words)
	}
	if words := ReusedWords(run); words != "" {
		figure("reused", words)
	}
	if s.Recorded != "" {
		figure("recorded", s.Recorded)
		figure("", "ringer report --format html writes a page of it")
	}
	if figures.Len() > 0 {
		out.WriteString(figures.String() + "\n")
	}
}

// AllowedWords says of each asset that is made of an image of the user's own which that is,
// and what it was allowed beyond what every asset has.
func AllowedWords(run result.Run) []string {
	var all []string
	for _, scenario := range run.Scenarios {
		for _, asset := range scenario.Assets {
			if w := asset.Wrapped; w != nil {
				all = append(all, fmt.Sprintf("%s/%s of %s (%.19s, %s): %s", scenario.Name, asset.Name, w.Image, w.ID, w.Platform, strings.Join(w.Allowed, ", ")))
			}
		}
	}
	return all
}

// ReusedWords says which scenarios were not performed by this run; "" if all were.
func ReusedWords(run result.Run) string {
	n, from := 0, map[string]bool{}
	for _, scenario := range run.Scenarios {
		if scenario.Reused != "" {
			n++
			from[scenario.Reused] = true
		}
	}
	if n == 0 {
		return ""
	}
	ids := slices.Sorted(maps.Keys(from))
	words := fmt.Sprintf("%d of %s, performed by run %s", n, counted(len(run.Scenarios), "scenario"), ids[len(ids)-1])
	if len(ids) > 1 {
		words += fmt.Sprintf(" and %d before", len(ids)-1)
	}
	return words
}

// detectedBehaviours counts the behaviours of which something was detected, and the
// rules that did.
func detectedBehaviours(run result.Run) (behaviours, rules int) {
	seen, fired := map[string]bool{}, map[string]bool{}
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for _, expectation := range step.Expectations {
				if expectation.Verdict == verdict.Detected {
					seen[step.Behaviour], fired[expectation.Rule] = true, true
				}
			}
		}
	}
	return len(seen), len(fired)
}
