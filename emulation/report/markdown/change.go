package markdown

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
	"github.com/ringer-lab/ringer/emulation/result"
)

// changes says what differs from the earlier run, the worse first.
func changes(of evidence.Run) string {
	if len(of.Changes) == 0 {
		return "**Nothing changed** since the run before.\n"
	}
	reasons := map[string]string{}
	for _, f := range of.Findings() {
		reasons[findingKey(f)] = why(f)
	}
	var rows [][]string
	for _, group := range groupChanges(of.Changes) {
		first := group[0]
		rows = append(rows, []string{
			changeSign(first.Kind) + " " + first.Kind.String(), ruleCell(of, first.Rule, first.Title), placeCell(of, group),
			beforeAndNow(first), reasons[changeKey(first)],
		})
	}
	return fmt.Sprintf("**%s** since the run before\n\n", countChanges(of.Changes)) + table([]string{"", "rule", "expectation", "before → now", "why"}, rows)
}

// groupChanges puts those together that are the same answer of one rule at several
// steps, in the order of the first of each.
func groupChanges(all []diff.Change) [][]diff.Change {
	place := map[string]int{}
	var groups [][]diff.Change
	for _, change := range all {
		key := strings.Join([]string{change.Kind.String(), change.Rule, beforeAndNow(change)}, "\x00")
		i, known := place[key]
		if !known {
			i = len(groups)
			place[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], change)
	}
	return groups
}

// changeKey is the same for a change as findingKey is for what is found of it.
func changeKey(of diff.Change) string {
	if of.Before == nil && of.After == nil {
		return strings.Join([]string{of.Scenario, of.Step, of.Rule}, "\x00")
	}
	return strings.Join([]string{of.Scenario, of.Step, of.Rule, string(of.Shape)}, "\x00")
}

func findingKey(f evidence.Finding) string {
	key := []string{f.Scenario, f.Step, f.Rule}
	if f.Expectation != nil {
		key = append(key, string(f.Expectation.Shape))
	}
	return strings.Join(key, "\x00")
}

func changeSign(kind diff.ChangeKind) string {
	switch kind {
	case diff.Worse:
		return "❌"
	case diff.Better:
		return "✅"
	case diff.NewAlert, diff.Removed:
		return "⚠️"
	case diff.GoneAlert, diff.Added, diff.Reinterpreted:
	}
	return "⚪"
}

func beforeAndNow(change diff.Change) string {
	switch change.Kind {
	case diff.NewAlert:
		return "no alert → alert"
	case diff.GoneAlert:
		return "alert → no alert"
	case diff.Worse, diff.Better, diff.Removed, diff.Added, diff.Reinterpreted:
	}
	return answer(change.Before) + " → " + answer(change.After)
}

func answer(e *result.Expectation) string {
	if e == nil {
		return "–"
	}
	return evidence.VerdictName(e.Verdict)
}

func countChanges(all []diff.Change) string {
	counts := map[diff.ChangeKind]int{}
	var kinds []diff.ChangeKind
	for _, change := range all {
		if counts[change.Kind] == 0 {
			kinds = append(kinds, change.Kind)
		}
		counts[change.Kind]++
	}
	var parts []string
	for _, kind := range kinds {
		name := kind.String()
		if kind == diff.NewAlert {
			parts = append(parts, report.Plural(counts[kind], name))
			continue
		}
		parts = append(parts, fmt.Sprintf("%d %s", counts[kind], name))
	}
	return strings.Join(parts, ", ")
}

// placeCell is where changes are, with the line of the first that a reader can go to.
func placeCell(of evidence.Run, group []diff.Change) string {
	var names []string
	for _, change := range group[:min(len(group), placesNamed)] {
		names = append(names, mdtext.Code(change.Scenario+"/"+change.Step))
	}
	places := strings.Join(names, ", ")
	if more := len(group) - len(names); more > 0 {
		places += fmt.Sprintf(" and %d more", more)
	}
	expectation := group[0].After
	if expectation == nil {
		expectation = group[0].Before
	}
	if expectation == nil {
		return places
	}
	at := of.Location(evidence.Finding{File: expectation.File, Line: expectation.Line})
	return fmt.Sprintf("%s at %s<br>%s", mdtext.Text(string(expectation.Want)), places, mdtext.Code(fmt.Sprintf("%s:%d", at.Path, at.Line)))
}
