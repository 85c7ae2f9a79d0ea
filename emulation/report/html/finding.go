package html

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
)

// findingRow is what is not as expected of one rule.
type findingRow struct {
	Mark        mark
	Rule, Title string
	Level       string
	Places      []place
	// RuleAt and ExpectedAt are lines of files; RuleAt is empty if its file is not
	// known.
	RuleAt, ExpectedAt string
	Why                []string
	Explanation        string
}

// place is a step that can be gone to.
type place struct{ Name, Link string }

func findingsOf(of evidence.Run) (findings, alerts []findingRow) {
	for _, group := range of.FindingsByRule() {
		row := findingRow{
			Mark: verdictMark(group.Verdict), Rule: of.ShortID(group.Rule), Title: group.Title, Level: group.Level, Why: why(group.Finding),
		}
		for _, f := range group.All {
			row.Places = append(row.Places, place{f.Place(), findStep(of, f.Scenario, f.Step)})
		}
		if group.File != "" {
			at := of.Location(group.Finding)
			row.ExpectedAt = fmt.Sprintf("%s:%d", at.Path, at.Line)
		}
		if at, known := of.RuleLocation(group.Rule); known {
			row.RuleAt = fmt.Sprintf("%s:%d", at.Path, at.Line)
		}
		if group.Expectation != nil {
			row.Explanation = strings.TrimRight(group.Expectation.Explanation, "\n")
		}
		if group.Unexpected {
			row.Mark = mark{"warn", "!", "unexpected"}
			alerts = append(alerts, row)
			continue
		}
		findings = append(findings, row)
	}
	return findings, alerts
}

// why are the reasons of a finding, a sentence each.
func why(f evidence.Finding) []string {
	var said []string
	if f.Expectation != nil {
		expected := "Expected: " + string(f.Expectation.Want)
		if f.Expectation.Because != "" {
			expected += ", because " + f.Expectation.Because
		}
		said = append(said, expected+".")
	}
	if f.Reason != "" && !f.Unexpected {
		said = append(said, upperFirst(f.Reason)+".")
	}
	if len(f.Changes) > 0 {
		said = append(said, fmt.Sprintf("To fire on %s: %s.", f.Events[0].ID, strings.Join(f.Changes, "; ")))
	} else if len(f.Events) > 0 {
		e := f.Events[0]
		more := ""
		if len(f.Events) > 1 {
			more = fmt.Sprintf(" and on %d more", len(f.Events)-1)
		}
		said = append(said, fmt.Sprintf("Fired on %s, %s %s%s.", e.ID, evidence.SourceName(e), cut(evidence.Describe(e), 300), more))
	}
	return said
}

// changeRow is what differs from the earlier run.
type changeRow struct {
	Mark          mark
	Rule, Title   string
	Place         place
	Before, After string
}

func changesOf(of evidence.Run) []changeRow {
	marks := map[diff.ChangeKind]mark{
		diff.Worse: {"bad", "✗", ""}, diff.NewAlert: {"warn", "!", ""}, diff.Removed: {"warn", "–", ""}, diff.Better: {"good", "✓", ""},
		diff.GoneAlert: {"quiet", "✓", ""}, diff.Added: {"quiet", "+", ""}, diff.Reinterpreted: {"quiet", "~", ""},
	}
	var rows []changeRow
	for _, change := range of.Changes {
		m := marks[change.Kind]
		m.Word = change.Kind.String()
		row := changeRow{
			Mark: m, Rule: of.ShortID(change.Rule), Title: change.Title, Before: answerName(change.Before), After: answerName(change.After),
			Place: place{change.Scenario + "/" + change.Step, findStep(of, change.Scenario, change.Step)},
		}
		switch change.Kind {
		case diff.NewAlert:
			row.Before, row.After = "no alert", "alert"
		case diff.GoneAlert:
			row.Before, row.After = "alert", "no alert"
		case diff.Worse, diff.Removed, diff.Better, diff.Added, diff.Reinterpreted:
		}
		rows = append(rows, row)
	}
	return rows
}

func answerName(e *result.Expectation) string {
	if e == nil {
		return "not judged"
	}
	return evidence.VerdictName(e.Verdict)
}

func upperFirst(words string) string {
	if words == "" {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// cut shortens to so many characters.
func cut(words string, most int) string {
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	return string(runes[:most-1]) + "…"
}
