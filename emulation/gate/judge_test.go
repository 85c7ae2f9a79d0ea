package gate_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/gate"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/threshold"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// run is one with a day and two steps, changed by a test: a rule sees the first step, is
// silent on the day, and is a known gap at the second.
func run(change func(*result.Scenario)) result.Run {
	expect := func(rule string, want verdict.Want, is verdict.Verdict) result.Expectation {
		return result.Expectation{Detector: "sigma", Rule: rule, Title: "Page", Want: want, Verdict: is, File: "mail.hcl", Line: 9}
	}
	observed := map[string]int{"observed": 2}
	s := result.Scenario{
		Name:      "mail",
		Baselines: []result.Step{{ID: "day", Proven: true, Events: observed, Expectations: []result.Expectation{expect("page", verdict.Quiet, verdict.Silent)}}},
		Steps: []result.Step{
			{ID: "drop", Technique: "T1505.003", Proven: true, Events: observed, Expectations: []result.Expectation{expect("page", verdict.Fires, verdict.Detected)}},
			{ID: "gone", Technique: "T1070.004", Proven: true, Events: observed, Expectations: []result.Expectation{expect("tool", verdict.KnownGap, verdict.BlindSpot)}},
		},
	}
	if change != nil {
		change(&s)
	}
	r := result.Run{Format: result.Format, Scenarios: []result.Scenario{s}}
	r.Summary = result.Summarise(r.Scenarios, nil)
	return r
}

var rules = []gate.Rule{
	{ID: "page", Title: "Page", Level: "high", File: "rules/page.yml", Line: 12, Given: true, Own: true},
	{ID: "tool", Title: "Tool", File: "rules/tool.yml", Line: 8, Given: true, Own: true},
}

func n(n int) *int { return &n }

func f(f float64) *float64 { return &f }

func missed(s *result.Scenario) {
	s.Steps[0].Expectations[0].Verdict = verdict.Missed
	s.Steps[0].Expectations[0].Mismatches = []detect.Mismatch{{Changes: []string{"Image must end with w3wp.exe; it is cmd.exe"}}}
}

// only is what a gate of one bound says of a run: "" if it passed.
func only(t *testing.T, set threshold.Set, m gate.Measured) string {
	t.Helper()
	if m.Rules == nil {
		m.Rules = rules
	}
	g := gate.Gate{Name: "main", Set: set}
	judged := gate.Judge([]gate.Gate{g}, m)
	require.Len(t, judged, 1)
	findings := judged[0].Findings()
	if judged[0].Passed() {
		assert.Empty(t, findings)
		return ""
	}
	require.Len(t, findings, 1, "one sentence: %v", findings)
	return findings[0].Sentence
}

func TestABoundIsKeptOrSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		set    threshold.Set
		change func(*result.Scenario)
		want   string
	}{
		"nothing is missed": {threshold.Set{MaxMissed: n(0)}, nil, ""},
		"as many are missed as may be": {
			threshold.Set{MaxMissed: n(1)}, missed, "",
		},
		"one is missed too many": {
			threshold.Set{MaxMissed: n(0)}, missed,
			`1 expectation is missed and at most 0 may be: rule "Page" (rules/page.yml) does not see mail/drop: Image must end with w3wp.exe; it is cmd.exe; repair the rule, or say at mail.hcl:9 until when the gap is known.`,
		},
		"nothing was judged that could be missed": {
			threshold.Set{MaxMissed: n(3)}, func(s *result.Scenario) {
				s.Steps[0].Expectations[0].Verdict, s.Steps[0].Expectations[0].Reason = verdict.Skipped, "nothing was performed"
			},
			"max_missed cannot be judged: of no expectation was it judged whether its rule fires (1 expectation is not judged, the first at mail/drop: nothing was performed).",
		},
		"no false alarm": {threshold.Set{MaxFalseAlarms: map[string]int{"low": 0}}, nil, ""},
		"an alarm of a bounded level": {
			threshold.Set{MaxFalseAlarms: map[string]int{"high": 0}}, func(s *result.Scenario) { s.Baselines[0].Expectations[0].Verdict = verdict.FalseAlarm },
			"1 false alarm is of level high and at most 0 may be: rule \"Page\" (rules/page.yml) alarms at mail/day; narrow the rule (`ringer explain page --at mail/day` shows on what).",
		},
		"an alarm of a level that is not": {
			threshold.Set{MaxFalseAlarms: map[string]int{"critical": 0}}, func(s *result.Scenario) { s.Baselines[0].Expectations[0].Verdict = verdict.FalseAlarm }, "",
		},
		"an alert on an ordinary day that nobody expects": {
			threshold.Set{MaxFalseAlarms: map[string]int{"low": 0}}, func(s *result.Scenario) {
				s.Baselines[0].UnexpectedAlerts = []detect.Alert{{Rule: "tool", Title: "Tool"}}
			},
			"1 false alarm is of level low and at most 0 may be: rule \"Tool\" (rules/tool.yml) alarms at mail/day; narrow the rule (`ringer explain tool --at mail/day` shows on what).",
		},
		"an alert on an attack is none": {
			threshold.Set{MaxFalseAlarms: map[string]int{"low": 0}}, func(s *result.Scenario) { s.Steps[0].UnexpectedAlerts = []detect.Alert{{Rule: "tool", Title: "Tool"}} }, "",
		},
		"enough techniques": {threshold.Set{MinCoverage: map[string]float64{"techniques": 0.5}}, nil, ""},
		"too few techniques": {
			threshold.Set{MinCoverage: map[string]float64{"techniques": 0.6}}, nil,
			"Rules see 1 of the 2 techniques that were performed (0.50), and must see 0.6: nothing sees T1070.004 (mail/gone); write a rule for one of them (`ringer events --step PLACE` shows what it left).",
		},
		"no technique was performed": {
			threshold.Set{MinCoverage: map[string]float64{"techniques": 0}}, func(s *result.Scenario) { s.Steps = nil },
			"min_coverage techniques cannot be judged: no step of a technique was performed and had its effect.",
		},
		"enough rules": {threshold.Set{MinCoverage: map[string]float64{"rules": 0.5}}, nil, ""},
		"too few rules": {
			threshold.Set{MinCoverage: map[string]float64{"rules": 0.8}}, nil,
			`1 of 2 rules were seen to fire (0.50), and 0.8 must be: never seen to fire: "Tool" (rules/tool.yml); add a step that one of them must see.`,
		},
		"a gap past its day": {
			threshold.Set{MaxMissed: n(0)}, func(s *result.Scenario) {
				s.Steps[1].Expectations[0].Verdict, s.Steps[1].Expectations[0].Reason = verdict.Missed, "the gap was accepted until 2026-03-31"
			},
			`1 known gap is open past the day given and at most 0 may be: rule "Tool" (rules/tool.yml) still does not see mail/gone: the gap was accepted until 2026-03-31; repair the rule, or give a later day and the reason at mail.hcl:9.`,
		},
		"a verdict that must not be": {
			threshold.Set{FailOn: []verdict.Verdict{verdict.NotAsked}}, func(s *result.Scenario) { s.Baselines[0].Expectations[0].Verdict = verdict.NotAsked },
			"1 expectation is not asked and none may be: rule \"Page\" (rules/page.yml) at mail/day; `ringer explain page --at mail/day` shows why.",
		},
		"a verdict that is not": {threshold.Set{FailOn: []verdict.Verdict{verdict.Skipped}}, nil, ""},
		"performed once, where flakes are bounded": {
			threshold.Set{MaxFlakes: n(0)}, nil,
			"max_flakes cannot be judged: the scenarios were performed once; --repeat 3 performs them three times.",
		},
		"a verdict that must not be, where nothing was judged": {
			threshold.Set{FailOn: []verdict.Verdict{verdict.Missed}}, func(s *result.Scenario) {
				s.Baselines = nil
				for i := range s.Steps {
					s.Steps[i].Expectations[0].Verdict, s.Steps[i].Expectations[0].Reason = verdict.Skipped, "nothing was performed"
				}
				s.Steps[1].Expectations[0].Want = verdict.Fires
			},
			"fail_on missed cannot be judged: no expectation was judged (2 expectations are not judged, the first at mail/drop: nothing was performed).",
		},
		"a gap of which it is not known whether it is open": {
			threshold.Set{}, func(s *result.Scenario) {
				s.Steps[1].Expectations[0].Verdict, s.Steps[1].Expectations[0].Reason = verdict.Skipped, "nothing was performed"
			},
			"max_expired_gaps cannot be judged: no known gap was judged (1 expectation is not judged, the first at mail/gone: nothing was performed).",
		},
		"no mutant": {
			threshold.Set{MinMutationScore: f(0)}, nil,
			"min_mutation_score cannot be judged: there is no mutant of a rule that an expectation names and that is met.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, only(t, test.set, gate.Measured{Run: run(test.change)}))
		})
	}
}

func TestTheMutationScoreIsBounded(t *testing.T) {
	t.Parallel()
	assert.Empty(t, only(t, threshold.Set{MinMutationScore: f(0.8)}, gate.Measured{Run: run(nil), MutationScore: f(0.8)}))
	assert.Contains(t, only(t, threshold.Set{MinMutationScore: f(0.8)}, gate.Measured{Run: run(nil), MutationScore: f(0.79)}), "The mutation score is 0.7900 and must be at least 0.8")
}

func TestAVerdictThatDiffersBetweenPerformancesIsAFlake(t *testing.T) {
	t.Parallel()
	same := gate.Measured{Run: run(nil), Repeats: []result.Run{run(nil), run(nil)}}
	flaky := gate.Measured{Run: run(nil), Repeats: []result.Run{run(nil), run(missed)}}
	assert.Empty(t, only(t, threshold.Set{}, same))
	assert.Empty(t, only(t, threshold.Set{MaxFlakes: n(1)}, flaky))
	assert.Equal(t, "1 verdict is not the same in 3 performances and at most 0 may differ: rule \"Page\" (rules/page.yml) at mail/drop was 2 times detected, 1 times missed; "+
		"look at what the step leaves each time (`ringer diff` of two recorded runs).", only(t, threshold.Set{}, flaky))
	gone := run(func(s *result.Scenario) { s.Steps[0].Expectations = nil })
	assert.NotEmpty(t, only(t, threshold.Set{}, gate.Measured{Run: run(nil), Repeats: []result.Run{gone}}), "an expectation that is not judged each time")
}

// since is what a baseline says of a run.
func since(t *testing.T, before, now func(*result.Scenario)) (sentence string, warnings []string) {
	t.Helper()
	g := gate.Gate{Name: "main", Set: threshold.Set{Baseline: "main.ringer"}, Earlier: &gate.Earlier{Name: "main.ringer", Run: run(before), Rules: map[string]bool{"page": true}}}
	judged := gate.Judge([]gate.Gate{g}, gate.Measured{Run: run(now), Rules: rules})[0]
	for _, w := range judged.Warnings {
		warnings = append(warnings, w.Sentence)
	}
	if judged.Passed() {
		return "", warnings
	}
	require.Len(t, judged.Findings(), 1)
	return judged.Findings()[0].Sentence, warnings
}

func TestOnlyWhatGotWorseFailsAgainstABaseline(t *testing.T) {
	t.Parallel()
	unexpected := func(s *result.Scenario) {
		s.Steps[1].UnexpectedAlerts = []detect.Alert{{Detector: "sigma", Rule: "page", Title: "Page"}}
	}
	for name, test := range map[string]struct {
		before, now func(*result.Scenario)
		want        string
	}{
		"nothing changed":     {nil, nil, ""},
		"it was so before":    {missed, missed, ""},
		"it is better":        {func(s *result.Scenario) { s.Steps[1].Expectations[0].Verdict = verdict.Missed }, nil, ""},
		"a rule was weakened": {nil, missed, "Rule \"Page\" (rules/page.yml) no longer sees mail/drop: Image must end with w3wp.exe; it is cmd.exe; restore what it looked for (`ringer explain page --at mail/drop` shows it in full), or take a new baseline if that was meant."},
		"and its expectation too": {nil, func(s *result.Scenario) {
			s.Steps[0].Expectations[0].Want, s.Steps[0].Expectations[0].Verdict = verdict.Quiet, verdict.Silent
		}, "Rule \"Page\" (rules/page.yml) no longer sees mail/drop; restore what it looked for (`ringer explain page --at mail/drop` shows it in full), or take a new baseline if that was meant."},
		"or the expectation is gone":            {nil, func(s *result.Scenario) { s.Steps[0].Expectations = nil }, "Rule \"Page\" (rules/page.yml) no longer sees mail/drop; restore what it looked for (`ringer explain page --at mail/drop` shows it in full), or take a new baseline if that was meant."},
		"an alert that nobody expected is gone": {unexpected, nil, "Rule \"Page\" (rules/page.yml) no longer sees mail/gone; restore what it looked for (`ringer explain page --at mail/gone` shows it in full), or take a new baseline if that was meant."},
		"a new alert on an attack is no harm":   {nil, unexpected, ""},
		"a new alert on an ordinary day": {nil, func(s *result.Scenario) {
			s.Baselines[0].UnexpectedAlerts = []detect.Alert{{Detector: "sigma", Rule: "tool", Title: "Tool"}}
		}, "Rule \"Tool\" (rules/tool.yml) alarms on the ordinary day mail/day and did not before; narrow it (`ringer explain tool --at mail/day` shows on what)."},
		"a new false alarm": {nil, func(s *result.Scenario) { s.Baselines[0].Expectations[0].Verdict = verdict.FalseAlarm },
			"Rule \"Page\" (rules/page.yml) at mail/day is false alarm and was silent before; `ringer explain page --at mail/day` shows why."},
		"a step that has no effect any more": {nil, func(s *result.Scenario) {
			s.Steps[0].Proven, s.Steps[0].Expectations[0].Verdict, s.Steps[0].Expectations[0].Reason = false, verdict.NoEffect, "refused"
		}, "Rule \"Page\" (rules/page.yml) at mail/drop is no effect and was detected before: refused; `ringer explain page --at mail/drop` shows why."},
		"a false alarm on a step that is gone": {func(s *result.Scenario) {
			s.Steps[0].Expectations[0].Want, s.Steps[0].Expectations[0].Verdict = verdict.Quiet, verdict.FalseAlarm
		}, func(s *result.Scenario) {
			s.Steps[0].Expectations[0].Want, s.Steps[0].Expectations[0].Verdict = verdict.Quiet, verdict.Silent
		}, ""},
		"nothing was performed now": {nil, func(s *result.Scenario) {
			for _, step := range []*result.Step{&s.Baselines[0], &s.Steps[0], &s.Steps[1]} {
				step.Events = map[string]int{"declared": 2}
				step.Expectations[0].Verdict, step.Expectations[0].Reason = verdict.Skipped, "the events are declared"
			}
			s.Steps[1].Expectations[0].Want = verdict.Fires
		}, "baseline cannot be judged: nothing that was as expected in it was performed now (3 expectations are not judged, the first at mail/day: the events are declared)."},
		"nothing in common": {func(s *result.Scenario) { s.Name = "other" }, nil, "baseline cannot be judged: nothing that was as expected in it was performed now."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := since(t, test.before, test.now)
			assert.Equal(t, test.want, got)
		})
	}
}

func TestAPartOfARunIsComparedByWhatItCanShow(t *testing.T) {
	t.Parallel()
	joined := []gate.Rule{{ID: "page", Title: "Page", Joins: true}}
	g := gate.Gate{Name: "main", Set: threshold.Set{Baseline: "main.ringer"}, Earlier: &gate.Earlier{Name: "main.ringer", Run: run(nil)}}
	skipped := run(func(s *result.Scenario) {
		s.Steps[0].Expectations[0].Verdict, s.Steps[0].Expectations[0].Reason = verdict.Skipped, "a correlation may join events of others"
	})
	gone := run(func(s *result.Scenario) { s.Steps[0].Expectations, s.Steps = nil, s.Steps[:1] })
	for _, r := range []result.Run{skipped, gone} {
		judged := gate.Judge([]gate.Gate{g}, gate.Measured{Run: r, Rules: joined, Partial: true})[0]
		assert.True(t, judged.Passed(), "%v", judged.Findings())
		assert.Empty(t, judged.Warnings)
		assert.False(t, gate.Judge([]gate.Gate{g}, gate.Measured{Run: r, Rules: joined})[0].Passed(), "of a whole run it is worse")
	}
}

func TestManyRulesThatGotWorseAreCounted(t *testing.T) {
	t.Parallel()
	many := func(s *result.Scenario) {
		for i := range 30 {
			s.Steps[0].UnexpectedAlerts = append(s.Steps[0].UnexpectedAlerts, detect.Alert{Detector: "sigma", Rule: fmt.Sprintf("r%02d", i), Title: "R"})
		}
	}
	g := gate.Gate{Name: "main", Set: threshold.Set{Baseline: "main.ringer"}, Earlier: &gate.Earlier{Name: "main.ringer", Run: run(many)}}
	findings := gate.Judge([]gate.Gate{g}, gate.Measured{Run: run(nil), Rules: rules})[0].Findings()
	require.Len(t, findings, 21)
	assert.Equal(t, "And 10 more rules got worse: `ringer diff` of the two recordings names all.", findings[20].Sentence)
}

func TestARuleThatIsGoneIsNamed(t *testing.T) {
	t.Parallel()
	g := gate.Gate{Name: "main", Set: threshold.Set{Baseline: "main.ringer"}, Earlier: &gate.Earlier{Name: "main.ringer", Run: run(nil)}}
	judged := gate.Judge([]gate.Gate{g}, gate.Measured{Run: run(func(s *result.Scenario) { s.Steps[0].Expectations = nil }), Rules: rules[1:]})[0]
	require.Len(t, judged.Findings(), 1)
	assert.Equal(t, `Rule "Page" (page) is gone and saw mail/drop before; put it back, or take a new baseline if nobody needs it.`, judged.Findings()[0].Sentence)
}

func TestANewRuleWithoutATestIsAWarning(t *testing.T) {
	t.Parallel()
	sentence, warnings := since(t, nil, nil)
	assert.Empty(t, sentence)
	assert.Empty(t, warnings, "a step expects something of each rule")
	silent := func(s *result.Scenario) { s.Steps[1].Expectations = nil }
	sentence, warnings = since(t, silent, silent)
	assert.Empty(t, sentence, "a warning fails nothing")
	assert.Equal(t, []string{`untested: rule "Tool" (rules/tool.yml) is new, and no step expects anything of it or was seen by it; add a step that it must see.`}, warnings)
	gone := func(s *result.Scenario) { s.Steps = s.Steps[:1] }
	_, warnings = since(t, nil, gone)
	assert.Contains(t, warnings, "no longer performed, and so not compared with the baseline: mail/gone.")
	all := gate.Judge([]gate.Gate{{Name: "main", Set: threshold.Set{MaxMissed: n(0)}}}, gate.Measured{Run: run(silent), Rules: rules})
	assert.Equal(t, `untested: no step expects anything of 1 rule or was seen by them: "Tool" (rules/tool.yml).`, all[0].Warnings[0].Sentence)
}

func TestAGateGovernsWhatItBounds(t *testing.T) {
	t.Parallel()
	r := run(missed)
	assert.Equal(t, verdict.Missed, r.Worst())
	r.Gates = gate.Judge([]gate.Gate{{Set: threshold.Set{MaxMissed: n(1)}}}, gate.Measured{Run: r, Rules: rules})
	assert.Equal(t, verdict.BlindSpot, r.Worst(), "one may be missed")
	r.Gates = gate.Judge([]gate.Gate{{Set: threshold.Set{MaxFalseAlarms: map[string]int{"low": 0}}}}, gate.Measured{Run: r, Rules: rules})
	assert.Equal(t, verdict.Missed, r.Worst(), "no bound says how much may be missed")
	r = run(func(s *result.Scenario) { s.Steps[0].Error = "broke" })
	r.Gates = gate.Judge([]gate.Gate{{Set: threshold.Set{FailOn: []verdict.Verdict{verdict.Missed}}}}, gate.Measured{Run: r, Rules: rules})
	assert.Equal(t, verdict.Errored, r.Worst(), "no gate allows a run that broke")
}
