package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// mostNamed is how many fields are named beside a verdict; JSON names all.
const mostNamed = 3

// statedSuffix returns what follows a verdict that rests on stated fields.
func statedSuffix(fields []string) string {
	if len(fields) == 0 {
		return ""
	}
	named := fields[:min(mostNamed, len(fields))]
	said := ", on stated " + strings.Join(named, ", ")
	if more := len(fields) - len(named); more > 0 {
		said += fmt.Sprintf(" and %d more", more)
	}
	return said
}

// FormatVerdict returns a verdict in words, with the stated fields that it rests on.
func FormatVerdict(expectation result.Expectation) string {
	return verdictName(expectation.Verdict) + statedSuffix(expectation.Stated)
}

// verdictCell returns a verdict with its stated fields, broken into lines if it is
// wider than its column.
func (s Style) verdictCell(v verdict.Verdict, stated []string, columns int) string {
	said := s.verdictWithSign(v) + statedSuffix(stated)
	if utf8.RuneCountInString(said) > columns {
		said = strings.Join(split(said, columns-len(gap)), "\n"+gap)
	}
	return strings.Replace(said, s.verdictWithSign(v), s.coloredVerdict(v), 1)
}

// verdictColumn returns the width of the verdict column: that of the scenario's
// widest verdict, up to three eighths of the terminal.
func (s Style) verdictColumn(scenario result.Scenario) int {
	widest := verdictColumn
	for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
		for _, expectation := range step.Expectations {
			widest = max(widest, utf8.RuneCountInString(s.verdictWithSign(expectation.Verdict)+statedSuffix(expectation.Stated)))
		}
	}
	return min(widest, s.tableWidth()*3/8)
}

// writeStatedRules writes the rules that fire as reported only on stated fields.
func (s Style) writeStatedRules(out *strings.Builder, m robustness.Measurement) {
	if m.Stated() == 0 {
		return
	}
	s.writeTitle(out, "Rules that rest on stated fields as reported")
	for _, rule := range m.Rules {
		if len(rule.Stated) > 0 {
			out.WriteString(s.wrap(rule.Title+": "+strings.Join(rule.Stated, ", "), 2))
		}
	}
}

// splitStatedSilent splits a baseline's expectations into those that were silent on
// stated fields, which it counts and whose fields it returns, and the rest.
func splitStatedSilent(all []result.Expectation) (rest []result.Expectation, silent int, fields []string) {
	for _, expectation := range all {
		if expectation.Verdict == verdict.Silent && expectation.Reason == "" && len(expectation.Stated) > 0 {
			silent++
			fields = append(fields, expectation.Stated...)
			continue
		}
		rest = append(rest, expectation)
	}
	slices.Sort(fields)
	return rest, silent, slices.Compact(fields)
}
