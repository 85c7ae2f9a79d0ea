package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// remembered is a run of a history, so many days after the first.
func remembered(day int, change ...func(*history.Entry)) history.Entry {
	e := history.Entry{
		Head: history.Head{
			ID: fmt.Sprintf("0198f2a0-%04d-7000-8000-000000000001", day), Started: time.Date(2026, 11, 1+day, 8, 30, 0, 0, time.UTC), Version: "v1", Lab: "docker",
			Took: time.Duration(17+day) * time.Second, Rules: "r", Worst: verdict.BlindSpot, Recording: history.Recording{Path: "/x/run.ringer", Digest: strings.Repeat("0", 64)},
		},
		Counts: history.Counts{
			Scenarios: 11, Steps: 163, Expectations: 1338, Detected: 247, Blind: 7, Techniques: 61, Seen: 50 + day, Alarms: 3 - day%3,
			Detections: history.Quantiles{Of: 247, P50: 1200 * time.Microsecond, P95: 26 * time.Millisecond, P99: 1100 * time.Millisecond},
		},
		Series: "0123456789abcdef",
	}
	for _, c := range change {
		c(&e)
	}
	return e
}

func overview() history.Overview {
	missed := func(e *history.Entry) { e.Worst, e.Detected, e.Missed = verdict.Missed, 245, 2 }
	scored := func(e *history.Entry) { e.Killed, e.Tested = 899, 1000 }
	part := remembered(9, func(e *history.Entry) { e.Part, e.Series, e.Scenarios = "12/400", "", 3 })
	chosen := remembered(8, func(e *history.Entry) { e.Part, e.Worst, e.Scenarios = history.Chosen, verdict.Errored, 2 })
	trend := []history.Entry{remembered(0), remembered(1, missed), remembered(2, scored), remembered(3), remembered(4, missed)}
	return history.Overview{
		Runs: []history.Entry{part, chosen, trend[4], trend[3], remembered(2, func(e *history.Entry) {
			e.Lab, e.Detected, e.Took, e.Worst = "fake", 0, 90*time.Millisecond, verdict.Skipped
		})},
		Trend: &history.Trend{Runs: trend, Flaky: []history.Flake{{
			Place:       history.Place{Scenario: "overlap", Step: "controller_emptied"},
			Expectation: history.Expectation{Detector: "sigma", Rule: "f3535123-2222-4333-8444-555555555555", Shape: event.Native, Want: verdict.Fires},
			Title:       "Log Other Than Security Cleared", Verdicts: map[verdict.Verdict]int{verdict.Detected: 3, verdict.Missed: 2}, Judged: 5, Differing: 2,
		}}},
	}
}

func ruleHistory() history.RuleHistory {
	of := overview().Trend.Runs
	at := func(step string, baseline bool, want verdict.Want) history.RulePlace {
		return history.RulePlace{
			Place: history.Place{Scenario: "overlap", Step: step, Baseline: baseline}, Expectation: history.Expectation{Detector: "sigma", Rule: "f3535123", Shape: event.Native, Want: want},
			Verdicts: map[int]verdict.Verdict{},
		}
	}
	day, step, gone := at("controller_day", true, verdict.Quiet), at("controller_emptied", false, verdict.Fires), at("a_step_with_a_name_that_is_far_too_long_for_a_line", false, verdict.KnownGap)
	for i := range of {
		day.Verdicts[i], step.Verdicts[i] = verdict.Silent, verdict.Detected
	}
	step.Verdicts[1], step.Verdicts[4] = verdict.Missed, verdict.Missed
	step.After, step.Judged, step.Differing = []time.Duration{time.Millisecond, 3 * time.Millisecond, 90 * time.Millisecond}, 5, 2
	gone.Shape, gone.Verdicts[2] = event.EDR, verdict.BlindSpot
	return history.RuleHistory{
		RuleName: history.RuleName{ID: "f3535123-2222-4333-8444-555555555555", Title: "Log Other Than Security Cleared"}, Runs: of,
		Places: []history.RulePlace{day, step, gone}, Alarms: []history.RuleAlarm{{Place: history.Place{Scenario: "host-exchange", Step: "mail_day", Baseline: true}, Level: "high", Runs: 2}},
		Mutation: []history.RuleMutation{{Run: of[0].ID, Started: of[0].Started, Killed: 3, Survived: 3}, {Run: of[2].ID, Started: of[2].Started, Killed: 5, Survived: 1}},
	}
}

func TestAHistoryFitsItsTerminal(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*bytes.Buffer, report.Style) error{
		"history":      func(to *bytes.Buffer, style report.Style) error { return report.History(to, overview(), style) },
		"history_rule": func(to *bytes.Buffer, style report.Style) error { return report.RuleHistory(to, ruleHistory(), style) },
	} {
		for kind, style := range map[string]report.Style{"80": {Width: 80}, "ascii": {Width: 80, ASCII: true}, "color": {Width: 100, Color: true}} {
			var out bytes.Buffer
			require.NoError(t, write(&out, style))
			golden(t, name+"_"+kind+".golden", out.String())
			if style.Color {
				continue
			}
			for line := range strings.Lines(out.String()) {
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
			}
			if style.ASCII {
				assert.True(t, strings.IndexFunc(out.String(), func(r rune) bool { return r > 126 }) < 0, out.String())
			}
		}
	}
}

func TestALongHistoryDrawsItsEnd(t *testing.T) {
	t.Parallel()
	long := history.Trend{}
	of := ruleHistory()
	of.Runs, of.Mutation = nil, nil
	for day := range 200 {
		long.Runs = append(long.Runs, remembered(day))
		of.Runs = append(of.Runs, remembered(day))
		of.Places[0].Verdicts[day] = verdict.Silent
		of.Mutation = append(of.Mutation, history.RuleMutation{Killed: day})
	}
	var out bytes.Buffer
	require.NoError(t, report.History(&out, history.Overview{Runs: long.Runs[:1], Trend: &long}, report.Style{Width: 80}))
	require.NoError(t, report.RuleHistory(&out, of, report.Style{Width: 80}))
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
	}
	assert.Contains(t, out.String(), "drawn are 24, the newest at the right")
}

func TestAnEmptyHistorySaysSo(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, report.History(&out, history.Overview{}, report.Style{Width: 80}))
	require.NoError(t, report.RuleHistory(&out, history.RuleHistory{RuleName: history.RuleName{ID: "x", Title: "A Rule"}}, report.Style{Width: 80}))
	assert.Equal(t, "The history has no run.\nA Rule\n  x\nNo run of the history is about this rule.\n", out.String())
}

func TestHistoriesAreAsTheirSchemaSays(t *testing.T) {
	t.Parallel()
	schema := compile(t, report.HistorySchema)
	for _, tt := range []struct {
		name  string
		write func(*bytes.Buffer) error
	}{
		{"all that there is", func(to *bytes.Buffer) error { return report.HistoryJSON(to, overview()) }},
		{"nothing", func(to *bytes.Buffer) error { return report.HistoryJSON(to, history.Overview{}) }},
		{"a rule", func(to *bytes.Buffer) error { return report.RuleHistoryJSON(to, ruleHistory()) }},
		{"a rule of no run", func(to *bytes.Buffer) error { return report.RuleHistoryJSON(to, history.RuleHistory{}) }},
	} {
		var out bytes.Buffer
		require.NoError(t, tt.write(&out))
		var document any
		require.NoError(t, json.Unmarshal(out.Bytes(), &document))
		assert.NoError(t, schema.Validate(document), tt.name)
		document.(map[string]any)["format"] = "ringer.history/0"
		assert.Error(t, schema.Validate(document), tt.name)
	}
	var out bytes.Buffer
	require.NoError(t, report.HistoryJSON(&out, overview()))
	for _, want := range []string{`"rate": 0.4`, `"p95": 0.026`, `"techniques_seen": 54`, `"part": "12/400"`} {
		assert.Contains(t, out.String(), want)
	}
}
