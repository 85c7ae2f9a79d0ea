package markdown

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
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
	for _, change := range of.Changes {
		rows = append(rows, []string{
			changeSign(change.Kind) + " " + change.Kind.String(), ruleCell(change.Rule, change.Title), placeCell(of, change),
			beforeAndNow(change), reasons[changeKey(change)],
		})
	}
	return fmt.Sprintf("**%s** since the run before\n\n", countChanges(of.Changes)) + table([]string{"", "rule", "expectation", "before → now", "why"}, rows)
}

// changeKey is the same for a change as findingKey is for what is found of it.
func changeKey(of evidence.Change) string {
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

func changeSign(kind evidence.ChangeKind) string {
	switch kind {
	case evidence.Worse:
		return "❌"
	case evidence.Better:
		return "✅"
	case evidence.NewAlert, evidence.Removed:
		return "⚠️"
	case evidence.GoneAlert, evidence.Added, evidence.Reinterpreted:
	}
	return "⚪"
}

func beforeAndNow(change evidence.Change) string {
	switch change.Kind {
	case evidence.NewAlert:
		return "no alert → alert"
	case evidence.GoneAlert:
		return "alert → no alert"
	case evidence.Worse, evidence.Better, evidence.Removed, evidence.Added, evidence.Reinterpreted:
	}
	return answer(change.Before) + " → " + answer(change.After)
}

func answer(e *result.Expectation) string {
	if e == nil {
		return "–"
	}
	return evidence.VerdictName(e.Verdict)
}

func countChanges(all []evidence.Change) string {
	counts := map[evidence.ChangeKind]int{}
	var kinds []evidence.ChangeKind
	for _, change := range all {
		if counts[change.Kind] == 0 {
			kinds = append(kinds, change.Kind)
		}
		counts[change.Kind]++
	}
	var parts []string
	for _, kind := range kinds {
		name := kind.String()
		if kind == evidence.NewAlert {
			parts = append(parts, report.Plural(counts[kind], name))
			continue
		}
		parts = append(parts, fmt.Sprintf("%d %s", counts[kind], name))
	}
	return strings.Join(parts, ", ")
}

// placeCell is where a change is, with the line that a reader can go to.
func placeCell(of evidence.Run, change evidence.Change) string {
	place := code(change.Scenario + "/" + change.Step)
	expectation := change.After
	if expectation == nil {
		expectation = change.Before
	}
	if expectation == nil {
		return place
	}
	at := of.Location(evidence.Finding{File: expectation.File, Line: expectation.Line})
	return fmt.Sprintf("%s at %s<br>%s", text(string(expectation.Want)), place, code(fmt.Sprintf("%s:%d", at.Path, at.Line)))
}
