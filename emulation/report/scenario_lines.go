package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// writeScenarioLines writes a line for each scenario: whether all is as expected, and
// how many of its expectations have which verdict. Silence is the rule and is left
// out.
func (s Style) writeScenarioLines(out *strings.Builder, run result.Run) {
	names := 0
	for _, scenario := range run.Scenarios {
		names = max(names, utf8.RuneCountInString(scenario.Name))
	}
	for _, scenario := range run.Scenarios {
		counts, worst := countVerdicts(scenario)
		sign := s.colored(worst, signs[worst])
		if scenarioBroke(scenario) {
			sign = s.colored(verdict.Errored, signs[verdict.Errored])
		}
		lead := fmt.Sprintf("%-*s  %8s", names, scenario.Name, Plural(len(scenario.Steps), "step"))
		var parts []string
		for _, v := range verdict.All() {
			if n := counts[v]; n > 0 && v != verdict.Silent {
				parts = append(parts, fmt.Sprintf("%d %s", n, verdictName(v)))
			}
		}
		took := fmt.Sprintf("%.1f s", scenario.Seconds)
		words := lead + "  " + strings.Join(parts, "  ")
		words = cut(words, s.tableWidth()-2-len(took)-1)
		space := strings.Repeat(" ", max(1, s.tableWidth()-2-utf8.RuneCountInString(words)-len(took)))
		out.WriteString(sign + " " + words + space + took + "\n")
		s.writeAssetErrors(out, scenario)
	}
	if len(run.Scenarios) > 0 {
		out.WriteString("\n")
	}
}

// countVerdicts counts a scenario's expectations by verdict, and finds the worst: of
// those that are met it is detected or blind.
func countVerdicts(scenario result.Scenario) (counts map[verdict.Verdict]int, worst verdict.Verdict) {
	counts = map[verdict.Verdict]int{}
	worst = verdict.Silent
	for _, step := range slices.Concat(scenario.Baselines, scenario.Steps) {
		for _, expectation := range step.Expectations {
			counts[expectation.Verdict]++
			worst = max(worst, expectation.Verdict)
		}
		if became, _ := step.WithoutExpectations(); became != verdict.Pending {
			worst = max(worst, became)
		}
	}
	return counts, worst
}

// scenarioBroke tells whether an asset of a scenario broke, or was not undone.
func scenarioBroke(scenario result.Scenario) bool {
	return slices.ContainsFunc(scenario.Assets, func(a result.Asset) bool { return a.Error != "" || len(a.Leftover) > 0 })
}

// writeAssetErrors writes what broke an asset, and what its undo did not restore.
func (s Style) writeAssetErrors(out *strings.Builder, scenario result.Scenario) {
	for _, asset := range scenario.Assets {
		if asset.Error != "" {
			out.WriteString(s.wrap("asset "+asset.Name+": "+asset.Error, 4))
		}
		for _, left := range asset.Leftover {
			out.WriteString(s.wrap("asset "+asset.Name+": undo did not restore "+left, 4))
		}
	}
}
