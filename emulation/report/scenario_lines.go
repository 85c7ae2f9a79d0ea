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
		if scenarioBroke(scenario) {
			worst = verdict.Errored
		}
		sign := s.sign(worst)
		width := s.tableWidth() - utf8.RuneCountInString(sign) - 1
		lead := fmt.Sprintf("%-*s  %8s", names, scenario.Name, counted(len(scenario.Steps), "step"))
		var parts []string
		for _, v := range verdict.All() {
			if n := counts[v]; n > 0 && v != verdict.Silent {
				parts = append(parts, thousands(n)+" "+countName(v))
			}
		}
		if n := len(scenario.Gaps); n > 0 {
			parts = append(parts, counted(n, "gap"))
		}
		took := fmt.Sprintf("%.1f s", scenario.Seconds)
		if scenario.Reused != "" {
			took = "reused"
		}
		words := lead + "  " + strings.Join(parts, "  ")
		if utf8.RuneCountInString(words) >= width-len(took) {
			slices.Reverse(parts) // what is cut off is what matters least
			words = lead + "  " + strings.Join(parts, "  ")
		}
		words = cut(strings.TrimRight(words, " "), width-len(took)-1)
		space := strings.Repeat(" ", max(1, width-utf8.RuneCountInString(words)-len(took)))
		out.WriteString(s.colored(worst, sign) + " " + s.coloredCounts(words) + space + took + "\n")
		s.writeAssetErrors(out, scenario, 4)
	}
	if len(run.Scenarios) > 0 {
		out.WriteString("\n")
	}
}

// coloredCounts colours what a scenario's line says of what is not as expected.
func (s Style) coloredCounts(words string) string {
	lead, counts, found := strings.Cut(words, " step")
	if !s.Color || !found {
		return words
	}
	parts := strings.Split(counts, "  ")
	for i, part := range parts {
		for _, v := range verdict.All() {
			if v != verdict.Silent && strings.HasSuffix(part, " "+countName(v)) {
				parts[i] = s.colored(v, part)
			}
		}
	}
	return lead + " step" + strings.Join(parts, "  ")
}

// countName returns a verdict's name after a number.
func countName(v verdict.Verdict) string {
	if v == verdict.BlindSpot {
		return "blind"
	}
	return verdictName(v)
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
	if len(scenario.Gaps) > 0 && len(counts) == 0 {
		worst = max(worst, verdict.Skipped) // it has shown nothing
	}
	return counts, worst
}

// scenarioBroke tells whether an asset of a scenario broke, or was not undone.
func scenarioBroke(scenario result.Scenario) bool {
	return slices.ContainsFunc(scenario.Assets, func(a result.Asset) bool { return a.Error != "" || len(a.Leftover) > 0 })
}

// writeAssetErrors writes what broke an asset, and what its undo did not restore. What
// kept steps from being judged is a finding: it is not written here again.
func (s Style) writeAssetErrors(out *strings.Builder, scenario result.Scenario, indent int) {
	for _, asset := range scenario.Assets {
		if asset.Error != "" && !keptFromJudging(scenario, asset) {
			out.WriteString(s.wrap("asset "+asset.Name+": "+asset.Error, indent))
		}
		for _, left := range asset.Leftover {
			out.WriteString(s.wrap("asset "+asset.Name+": undo did not restore "+left, indent))
		}
	}
}

// keptFromJudging tells whether what broke an asset kept one of its steps from being
// judged.
func keptFromJudging(scenario result.Scenario, asset result.Asset) bool {
	return slices.ContainsFunc(slices.Concat(scenario.Baselines, scenario.Steps), func(step result.Step) bool {
		return step.Asset == asset.Name && causeOf(step.Error) == causeOf(asset.Error)
	})
}
