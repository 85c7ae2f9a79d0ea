package html

import (
	"fmt"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// page is what the templates are given: every word is chosen here.
type page struct {
	Title     string
	Answer    answer
	About     []fact
	Compared  bool
	Changes   []changeRow
	Findings  []findingRow
	Alerts    []findingRow // those that nobody expected
	Tactics   []tactic
	States    []stateCount
	Scenarios []scenario
	Gaps      []gap
	Bounds    []bound // none where no gate was asked for
	History   *trend  // nil where there is none
}

// fact is a name with what is said of it.
type fact struct{ Name, Value string }

// mark is a word with the sign and the colour that go with it; Class is the colour's.
type mark struct{ Class, Sign, Word string }

// verdictMarks are how verdicts are shown; the colours are those of the style.
var verdictMarks = map[verdict.Verdict]mark{
	verdict.Pending: {"bad", "?", ""}, verdict.Silent: {"quiet", "✓", ""}, verdict.Detected: {"good", "✓", ""}, verdict.BlindSpot: {"warn", "○", ""},
	verdict.NotAsked: {"warn", "◌", ""}, verdict.Skipped: {"warn", "–", ""}, verdict.NoEffect: {"bad", "✗", ""}, verdict.DetectedLate: {"bad", "✗", ""}, verdict.FalseAlarm: {"bad", "✗", ""},
	verdict.Missed: {"bad", "✗", ""}, verdict.Errored: {"bad", "!", ""},
}

func verdictMark(v verdict.Verdict) mark {
	m := verdictMarks[v]
	m.Word = evidence.VerdictName(v)
	return m
}

func pageOf(of evidence.Run) page {
	out := page{
		Answer: answerOf(of), About: aboutOf(of), Compared: of.Compared, Changes: changesOf(of),
		Tactics: tacticsOf(of), States: statesOf(of), Gaps: gapsOf(of), Bounds: boundsOf(of), History: trendOf(of),
	}
	out.Findings, out.Alerts = findingsOf(of)
	budget := &fieldBudget{left: mostFields}
	for i, s := range of.Scenarios {
		out.Scenarios = append(out.Scenarios, scenarioOf(of, s, i, budget))
	}
	out.Title = out.Answer.Sentence
	return out
}

// stepID is the anchor of a step.
func stepID(scenario, step int) string { return fmt.Sprintf("step-%d-%d", scenario+1, step+1) }

// findStep is the anchor of a step by its names; empty if there is none.
func findStep(of evidence.Run, scenario, step string) string {
	for i, s := range of.Scenarios {
		for j, candidate := range s.Steps {
			if s.Judged.Name == scenario && candidate.Judged.ID == step {
				return stepID(i, j)
			}
		}
	}
	return ""
}

func aboutOf(of evidence.Run) []fact {
	r := of.Result
	facts := []fact{{"Run", r.ID}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, fact{name, value})
		}
	}
	add("ringer", r.Version)
	add("Lab", r.Lab)
	for _, words := range report.AllowedWords(r) {
		add("Allowed", words)
	}
	add("Reused", report.ReusedWords(r))
	if !r.Started.IsZero() {
		add("Started", r.Started.UTC().Format("2 January 2006, 15:04 UTC"))
	}
	took := fmt.Sprintf("%.1f s", r.Seconds)
	if of.Replayed {
		took += " when it was recorded; this report is of a replay"
	}
	add("Took", took)
	add("Rules", fmt.Sprint(r.Rules))
	add("ATT&CK", string(of.Attack()))
	return facts
}

// span says how long a virtual time is, in the unit that suits it.
func span(d time.Duration) string {
	switch days := int(d.Hours() / 24); {
	case days >= 730:
		return fmt.Sprintf("%.1f years", float64(days)/365.25)
	case days >= 2:
		return report.Plural(days, "day")
	}
	return strings.TrimSuffix(strings.TrimSuffix(d.Round(time.Minute).String(), "0s"), "0m")
}
