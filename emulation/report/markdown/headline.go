package markdown

import (
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// signs say how a verdict is to be taken; a word always stands beside one.
var signs = map[verdict.Verdict]string{
	verdict.Pending: "❔", verdict.Silent: "✅", verdict.Detected: "✅", verdict.BlindSpot: "⚪", verdict.NotAsked: "⚪", verdict.Skipped: "⚪",
	verdict.NoEffect: "❌", verdict.DetectedLate: "❌", verdict.FalseAlarm: "❌", verdict.Missed: "❌", verdict.Errored: "💥",
}

// sign says how a run is to be taken.
func sign(run result.Run) string {
	if !run.GatesPassed() {
		return signs[verdict.Missed]
	}
	return signs[run.Worst()]
}

// headline is what a reader sees who reads no more: whether all is as expected, in
// figures.
func headline(of evidence.Run) string {
	sum := of.Result.Summary
	var out strings.Builder
	notMet, notJudged := 0, sum.Verdicts[verdict.Skipped.String()]+sum.Verdicts[verdict.NotAsked.String()]
	for _, v := range []verdict.Verdict{verdict.NoEffect, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed, verdict.Errored} {
		notMet += sum.Verdicts[v.String()]
	}
	said := fmt.Sprintf("all %s met", report.Plural(sum.Expectations, "expectation"))
	switch {
	case notMet > 0:
		said = fmt.Sprintf("%d of %s not met", notMet, report.Plural(sum.Expectations, "expectation"))
	case sum.Worst > verdict.Skipped:
		said = "the run broke"
	case notJudged > 0 || sum.Expectations == 0:
		said = fmt.Sprintf("%d of %s met", sum.Expectations-notJudged, report.Plural(sum.Expectations, "expectation"))
	}
	if notJudged > 0 {
		said += fmt.Sprintf(", %d not judged", notJudged)
	}
	fmt.Fprintf(&out, "### %s ringer: %s\n", sign(of.Result), said)
	parts := []string{report.Plural(sum.Scenarios, "scenario"), report.Plural(sum.Steps, "step"), report.Plural(sum.Events, "event")}
	for _, v := range verdict.All() {
		if n := sum.Verdicts[v.String()]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, evidence.VerdictName(v)))
		}
	}
	if sum.UnexpectedAlerts > 0 {
		parts = append(parts, report.Plural(sum.UnexpectedAlerts, "unexpected alert"))
	}
	if sum.Gaps > 0 {
		parts = append(parts, report.Plural(sum.Gaps, "gap"))
	}
	if len(of.Result.Interrupted) > 0 {
		parts = append(parts, report.Plural(len(of.Result.Interrupted), "scenario")+" interrupted")
	}
	out.WriteString(strings.Join(parts, " · "))
	if of.Replayed {
		out.WriteString(" · replayed from a recording")
	}
	out.WriteString("\n")
	return out.String()
}
