package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/result"
)

// nearRules is how many rules that came near an alert are shown without --verbose, as
// a screen has 24 lines.
const nearRules = 5

// nearMiss is an expectation of silence whose rule would have fired with one
// predicate changed, and its step.
type nearMiss struct {
	result.Expectation
	place string
}

func oneChangeAway(run result.Run) []nearMiss {
	var all []nearMiss
	for _, scenario := range run.Scenarios {
		for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
			for _, expectation := range step.Expectations {
				if expectation.Nearest != nil && expectation.Nearest.Distance == 1 {
					all = append(all, nearMiss{expectation, scenario.Name + "/" + step.ID})
				}
			}
		}
	}
	return all
}

// writeNearMisses writes the rules that one predicate kept from firing, each once
// with its first place, the most frequent first.
func (s Style) writeNearMisses(out *strings.Builder, run result.Run) {
	byRule := map[string][]nearMiss{}
	var ids []string
	for _, near := range oneChangeAway(run) {
		if byRule[near.Rule] == nil {
			ids = append(ids, near.Rule)
		}
		byRule[near.Rule] = append(byRule[near.Rule], near)
	}
	if len(ids) == 0 {
		return
	}
	slices.SortStableFunc(ids, func(a, b string) int { return cmp.Compare(len(byRule[b]), len(byRule[a])) })
	out.WriteString(s.bold("One predicate from firing") + "\n")
	shown := ids
	if !s.Verbose && len(ids) > nearRules {
		shown = ids[:nearRules]
	}
	for _, id := range shown {
		s.writeNearRule(out, byRule[id])
	}
	if more := len(ids) - len(shown); more > 0 {
		out.WriteString(s.dim(fmt.Sprintf("  and %s: --verbose shows all", Plural(more, "more rule"))) + "\n")
	}
	out.WriteString("\n")
}

func (s Style) writeNearRule(out *strings.Builder, all []nearMiss) {
	first := all[0]
	times := ""
	if len(all) > 1 {
		times = fmt.Sprintf(" ×%d", len(all))
	}
	title := fmt.Sprintf("  %s %s", s.short(first.Rule), first.Title)
	out.WriteString(cut(title, s.textWidth()-len([]rune(times))) + times + "\n")
	said := "1 away: " + first.Nearest.Changes[0]
	where := ", at " + first.place
	if len(said)+len(where)+4 > s.textWidth() {
		where = ""
	}
	out.WriteString("    " + cut(said+where, s.textWidth()-4) + "\n")
}

// nearMissLines returns how near a rule came to an alert, as lines of the table's
// first column.
func (s Style) nearMissLines(near detect.NearMiss, columns int) []string {
	const indent = gap + gap
	said := fmt.Sprintf("%d away: %s", near.Distance, strings.Join(near.Changes, "; "))
	var lines []string
	for i, part := range split(said, columns-len(indent)-len(gap)) {
		if i > 0 {
			part = gap + part
		}
		lines = append(lines, indent+s.dim(part))
	}
	return lines
}
