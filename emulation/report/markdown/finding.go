package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/report/internal/mdtext"
)

// The most that is said in a cell or of one explanation, in characters.
const (
	mostInCell        = 300
	mostOfExplanation = 4_000
	placesNamed       = 3
)

// findings says what is not as expected, a rule once. What changed since the run
// before has its own table.
func findings(of evidence.Run) string {
	changed := map[string]bool{}
	for _, change := range of.Changes {
		changed[changeKey(change)] = true
	}
	var rows [][]string
	for _, group := range of.FindingsByRule() {
		if group.Unexpected || !slices.ContainsFunc(group.All, func(f evidence.Finding) bool { return !changed[findingKey(f)] }) {
			continue
		}
		rows = append(rows, []string{signs[group.Verdict] + " " + group.Name(), ruleCell(of, group.Rule, group.Title), expectationCell(of, group), why(group.Finding)})
	}
	if len(rows) == 0 {
		return ""
	}
	title := "Not as expected"
	if of.Compared {
		title = "Not as expected, as before"
	}
	return "**" + title + "**\n\n" + table([]string{"", "rule", "expectation", "why"}, rows)
}

// ruleCell names a rule by what can be typed, and by its title.
func ruleCell(of evidence.Run, id, title string) string {
	if id == "" {
		return ""
	}
	return mdtext.Code(of.ShortID(id)) + " " + mdtext.Text(cut(title, mostInCell))
}

// expectationCell says what was expected, where, and where that is written.
func expectationCell(of evidence.Run, group evidence.RuleFindings) string {
	var words []string
	if group.Expectation != nil {
		words = append(words, mdtext.Text(string(group.Expectation.Want)))
	}
	words = append(words, "at "+mdtext.Text(group.Places(placesNamed)))
	said := strings.Join(words, " ")
	if group.File != "" {
		at := of.Location(group.Finding)
		said += "<br>" + mdtext.Code(fmt.Sprintf("%s:%d", at.Path, at.Line))
	}
	if at, known := of.RuleLocation(group.Rule); known && group.RuleAtFault {
		said += "<br>" + mdtext.Code(fmt.Sprintf("%s:%d", at.Path, at.Line))
	}
	return said
}

// why is the reason of a finding in a cell.
func why(f evidence.Finding) string {
	var parts []string
	if f.Reason != "" {
		parts = append(parts, mdtext.Text(cut(f.Reason, mostInCell)))
	}
	switch {
	case len(f.Changes) > 0:
		parts = append(parts, mdtext.Text(cut(strings.Join(f.Changes, "; "), mostInCell))+" on "+mdtext.Code(f.Events[0].ID))
	case len(f.Events) > 0:
		e := f.Events[0]
		parts = append(parts, "fired on "+mdtext.Code(cut(e.ID+" "+evidence.SourceName(e)+" "+evidence.Describe(e), mostInCell)))
	}
	if f.Expectation != nil && f.Expectation.Because != "" {
		parts = append(parts, "expected because "+mdtext.Text(cut(f.Expectation.Because, mostInCell)))
	}
	return strings.Join(parts, "; ")
}

// explanations are the conditions of the rules on the events of the steps, a section
// each: of many some have room.
func explanations(of evidence.Run) []section {
	var all []section
	for _, group := range of.FindingsByRule() {
		if group.Expectation == nil || group.Expectation.Explanation == "" {
			continue
		}
		name := fmt.Sprintf("%s %s at %s", evidence.VerdictName(group.Verdict), of.ShortID(group.Rule), mdtext.Text(group.Place()))
		all = append(all, section{"explanation of " + name, folded(
			fmt.Sprintf("Why %s", name), mdtext.Preformatted(cut(group.Expectation.Explanation, mostOfExplanation)),
		)})
	}
	return all
}

// unexpected lists the alerts that nobody expected, a rule once.
func unexpected(of evidence.Run) string {
	var rows [][]string
	for _, group := range of.FindingsByRule() {
		if group.Unexpected {
			rows = append(rows, []string{ruleCell(of, group.Rule, group.Title), mdtext.Text(group.Level), mdtext.Text(group.Places(placesNamed)), why(group.Finding)})
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return folded("Unexpected alerts of "+report.Plural(len(rows), "rule"), table([]string{"rule", "level", "at", "on"}, rows))
}
