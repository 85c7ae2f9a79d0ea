package result_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var today = time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC)

// rulesByName alerts, as its rule "bell", on every event whose field "rings" is true
// and that has none called "hushes",
// and as "tower" on those of them that are seen in the edr shape.
type rulesByName struct{}

func (rulesByName) Name() string { return "sigma" }

func (rulesByName) Detect(_ context.Context, events []event.Event, shape event.Shape) ([]detect.Alert, error) {
	var alerts []detect.Alert
	for _, e := range events {
		if e.Shaped(shape)["rings"] == true && e.Shaped(shape)["hushes"] == nil {
			alerts = append(alerts, detect.Alert{Detector: "sigma", Rule: "bell", Title: "A Bell", Shape: shape, Events: []string{e.ID}})
		}
		if e.Shaped(shape)["tower"] == true {
			alerts = append(alerts, detect.Alert{Detector: "sigma", Rule: "tower", Title: "A Tower", Shape: shape, Events: []string{e.ID}})
		}
	}
	return alerts, nil
}

func (rulesByName) Explain(_ string, events []event.Event, _ event.Shape) detect.Explanation {
	if len(events) > 0 {
		return detect.Explanation{Text: events[0].ID + ": ✓ rings is true"}
	}
	return detect.Explanation{Text: "✗ rings is not true"}
}

// Asked is of all events but those of the log source "elsewhere".
func (rulesByName) Asked(_ string, events []event.Event, _ event.Shape) (n int) {
	for _, e := range events {
		if !slices.Contains(e.Sources, elsewhere) {
			n++
		}
	}
	return n
}

func (b rulesByName) Nearest(rule string, events []event.Event, shape event.Shape) (detect.NearMiss, bool) {
	if b.Asked(rule, events, shape) == 0 {
		return detect.NearMiss{}, false
	}
	return detect.NearMiss{Event: events[0].ID, Distance: 1, Changes: []string{"rings would have to be true"}}, true
}

var elsewhere = event.LogSource{Product: "windows", Category: "elsewhere"}

// silentEvent is an event on which nothing rings; there is one of a log source that
// no rule here reads.
func silentEvent(id string, how event.Provenance, sources ...event.LogSource) event.Event {
	return event.Event{ID: id, Provenance: how, Sources: sources, Fields: map[string]any{}}
}

func expects(want verdict.Want) plan.Expectation {
	return plan.Expectation{Detector: "sigma", Rule: "bell", Title: "A Bell", Want: want, Shape: event.Native, Least: 1,
		Sources: []event.LogSource{{Product: "test", Category: "alarm"}},
		Range:   hcl.Range{Filename: "mail.hcl", Start: hcl.Pos{Line: 7}}}
}

func proven() runner.Outcome {
	return runner.Outcome{Canary: true, Proofs: []effect.Proof{{Check: "page is there", Before: "no such file"}}}
}

func alertingEvent(id string, how event.Provenance) event.Event {
	return event.Event{ID: id, Provenance: how, Fields: map[string]any{"rings": true}}
}

// field is an event that rings, or does not, by a field which is a statement.
func field(name string) event.Event {
	e := alertingEvent("f", event.Translated)
	e.Fields = map[string]any{"rings": name == "hushes", name: true}
	e.FieldProvenance = map[string]event.Provenance{name: event.Declared}
	return e
}

// conclude judges one step that left this record.
func conclude(t *testing.T, record runner.StepRecord, asked ...plan.Expectation) result.Step {
	t.Helper()
	record.ID, record.Asset = "step", "mail"
	run := &runner.RunRecord{
		Plan:   &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "mail"}}, Steps: []plan.Step{{ID: "step", Asset: "mail", Expect: asked}}},
		Assets: []runner.AssetRecord{{Name: "mail"}},
		Steps:  []runner.StepRecord{record},
	}
	judges := result.Judges{Detectors: []detect.Detector{rulesByName{}}, BaselineSilent: func(string) bool { return true }, Today: today}
	out, err := judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	return out.Steps[0]
}

func TestAnExpectationIsJudgedByWhatItsStepLeft(t *testing.T) {
	t.Parallel()
	prevented := proven()
	prevented.Proofs[0].After, prevented.StandInErrors = "no such file", []string{"write page: permission denied"}
	before := proven()
	before.Proofs[0].Before = ""
	partly := proven()
	partly.StandInErrors = []string{"connect to port 22: permission denied"}
	statement := proven()
	statement.Declared = true
	quietly := []event.Event{silentEvent("1", event.Translated)}
	others := []event.Event{silentEvent("1", event.Translated, elsewhere), silentEvent("2", event.Translated, elsewhere), silentEvent("3", event.Observed, event.LogSource{Service: "auth"}, elsewhere)}
	const notAsked = "the step left no event in product test, category alarm; it left elsewhere (2), auth (1)"
	for _, test := range []struct {
		name   string
		record runner.StepRecord
		want   verdict.Want
		got    verdict.Verdict
		reason string
	}{
		{"detected where the effect is proven and the rule fired", runner.StepRecord{Outcome: proven(), Events: []event.Event{alertingEvent("1", event.Translated)}}, verdict.Fires, verdict.Detected, ""},
		{"missed where it did not fire", runner.StepRecord{Outcome: proven(), Events: quietly}, verdict.Fires, verdict.Missed, ""},
		{"missed where it was not asked, which is said", runner.StepRecord{Outcome: proven(), Events: others}, verdict.Fires, verdict.Missed, notAsked},
		{"silent only where the effect is proven", runner.StepRecord{Outcome: proven(), Events: quietly}, verdict.Quiet, verdict.Silent, ""},
		{"not asked where the step left no event that the rule reads", runner.StepRecord{Outcome: proven(), Events: others}, verdict.Quiet, verdict.NotAsked, notAsked},
		{"not asked, whatever is known not to be seen", runner.StepRecord{Outcome: proven(), Events: others}, verdict.Blind, verdict.NotAsked, notAsked},
		{"not asked where the step left nothing", runner.StepRecord{Outcome: proven()}, verdict.Quiet, verdict.NotAsked, "the step left no event"},
		{"not asked of what is only stated", runner.StepRecord{Outcome: proven(), Events: []event.Event{silentEvent("1", event.Declared), silentEvent("2", event.Declared)}}, verdict.Quiet, verdict.NotAsked,
			"the step left 2 events in product test, category alarm, but all of them are declared, and no verdict may rest on those"},
		{"skipped, not not_asked, where the whole step is stated", runner.StepRecord{Outcome: statement, Events: []event.Event{silentEvent("1", event.Declared)}}, verdict.Quiet, verdict.Skipped,
			"would be silent, but nothing was performed: the events are declared"},
		{"no effect where it was prevented, however silent", runner.StepRecord{Outcome: prevented}, verdict.Quiet, verdict.NoEffect,
			`write page: permission denied; check "page is there" failed after the step: no such file`},
		{"no effect where it had held before", runner.StepRecord{Outcome: before}, verdict.Quiet, verdict.NoEffect,
			`check "page is there" already passed before the step`},
		{"no effect where one of its acts was refused", runner.StepRecord{Outcome: partly}, verdict.Quiet, verdict.NoEffect,
			"connect to port 22: permission denied"},
		{"no effect where nothing proves it", runner.StepRecord{Outcome: runner.Outcome{Canary: true}}, verdict.Quiet, verdict.NoEffect,
			"the step has no check that proves its effect"},
		{"errored where the telemetry broke", runner.StepRecord{Outcome: proven(), Err: errors.New("the sensor lost 1 of 2")}, verdict.Quiet, verdict.Errored,
			"the sensor lost 1 of 2"},
		{"skipped with its reason", runner.StepRecord{Outcome: proven(), Skipped: "no image"}, verdict.Fires, verdict.Skipped, "no image"},
		{"never green on a run that is a statement", runner.StepRecord{Outcome: statement, Events: []event.Event{alertingEvent("1", event.Declared)}}, verdict.Fires, verdict.Skipped,
			"would be detected, but nothing was performed: the events are declared"},
		{"never green on an event that is a statement", runner.StepRecord{Outcome: proven(), Events: []event.Event{alertingEvent("1", event.Declared)}}, verdict.Fires, verdict.Skipped,
			`would be "detected" only because of declared fields; on observed data it is "missed"`},
		{"never green on a field that is a statement", runner.StepRecord{Outcome: proven(), Events: []event.Event{field("rings")}}, verdict.Fires, verdict.Skipped,
			`would be "detected" only because of declared fields; on observed data it is "missed"`},
		{"never green, where a gap is closed by a statement", runner.StepRecord{Outcome: proven(), Events: []event.Event{field("rings")}}, verdict.Blind, verdict.Skipped,
			`would be "detected" only because of declared fields; on observed data it is "blind_spot"`},
		{"detected on what was seen, whatever else is stated", runner.StepRecord{Outcome: proven(), Events: []event.Event{
			alertingEvent("1", event.Declared), field("other"), alertingEvent("2", event.Translated),
		}}, verdict.Fires, verdict.Detected, ""},
		{"a false alarm also on a statement", runner.StepRecord{Outcome: proven(), Events: []event.Event{field("rings")}}, verdict.Quiet, verdict.FalseAlarm, ""},
		{"never silent by a statement", runner.StepRecord{Outcome: proven(), Events: []event.Event{field("hushes")}}, verdict.Quiet, verdict.Skipped,
			`would be "silent" only because of declared fields; on observed data it is "false_alarm"`},
		{"a false alarm where it was to be silent", runner.StepRecord{Outcome: proven(), Events: []event.Event{alertingEvent("1", event.Observed)}}, verdict.Quiet, verdict.FalseAlarm, ""},
		{"a blind spot where nothing is expected to see it", runner.StepRecord{Outcome: proven(), Events: quietly}, verdict.Blind, verdict.BlindSpot, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := conclude(t, test.record, expects(test.want)).Expectations[0]
			assert.Equal(t, test.got, got.Verdict)
			assert.Equal(t, test.reason, got.Reason)
			assert.Equal(t, "mail.hcl:7", got.File+":"+string(rune('0'+got.Line)))
		})
	}
}

func TestAMissAndAFalseAlarmAreExplainedAndAnAlertShowsItsEvents(t *testing.T) {
	t.Parallel()
	missed := conclude(t, runner.StepRecord{Outcome: proven()}, expects(verdict.Fires)).Expectations[0]
	assert.Equal(t, "✗ rings is not true", missed.Explanation)
	seen := alertingEvent("mail-1", event.Translated)
	detected := conclude(t, runner.StepRecord{Outcome: proven(), Events: []event.Event{seen}}, expects(verdict.Fires)).Expectations[0]
	assert.Empty(t, detected.Explanation)
	assert.Equal(t, []event.Event{seen}, detected.Evidence)
	alarm := conclude(t, runner.StepRecord{Outcome: proven(), Events: []event.Event{{ID: "mail-0"}, seen}}, expects(verdict.Quiet)).Expectations[0]
	assert.Equal(t, "mail-1: ✓ rings is true", alarm.Explanation, "of what it fired on")
}

func TestAShapeIsJudgedByItsOwnAlertsOnly(t *testing.T) {
	t.Parallel()
	joined := event.Event{ID: "1", Provenance: event.Translated, Fields: map[string]any{}, Joined: map[string]any{"rings": true}}
	edr := expects(verdict.Fires)
	edr.Shape = event.EDR
	got := conclude(t, runner.StepRecord{Outcome: proven(), Events: []event.Event{joined}}, expects(verdict.Quiet), edr).Expectations
	assert.Equal(t, verdict.Silent, got[0].Verdict)
	assert.Equal(t, verdict.Detected, got[1].Verdict)
}

func TestAnUnexpectedAlertIsListedOnce(t *testing.T) {
	t.Parallel()
	both := alertingEvent("1", event.Translated)
	both.Fields["tower"] = true
	step := conclude(t, runner.StepRecord{Outcome: proven(), Events: []event.Event{both, alertingEvent("2", event.Translated)}}, expects(verdict.Fires))
	require.Len(t, step.UnexpectedAlerts, 1)
	assert.Equal(t, "tower", step.UnexpectedAlerts[0].Rule)
}

func TestABaselineMustBeSilentForEveryRuleTheScenarioNames(t *testing.T) {
	t.Parallel()
	run := &runner.RunRecord{
		Plan: &plan.Plan{
			Name: "test", Assets: []plan.Asset{{Name: "mail"}},
			Baselines: []plan.Baseline{{ID: "quiet_day", Asset: "mail"}, {ID: "loud_day", Asset: "mail"}, {ID: "other_day", Asset: "mail"}, {ID: "skipped_day", Asset: "mail"}},
			Steps:     []plan.Step{{ID: "step", Asset: "mail", Expect: []plan.Expectation{expects(verdict.Fires)}}},
		},
		Assets: []runner.AssetRecord{{Name: "mail"}},
		Baselines: []runner.StepRecord{
			{ID: "quiet_day", Asset: "mail", Outcome: proven(), Events: []event.Event{silentEvent("a", event.Translated)}},
			{ID: "loud_day", Asset: "mail", Outcome: proven(), Events: []event.Event{alertingEvent("b", event.Translated)}},
			{ID: "other_day", Asset: "mail", Outcome: proven(), Events: []event.Event{silentEvent("c", event.Translated, elsewhere)}},
			{ID: "skipped_day", Asset: "mail", Skipped: "no image"},
		},
		Steps: []runner.StepRecord{{ID: "step", Asset: "mail", Outcome: proven(), Events: []event.Event{alertingEvent("1", event.Translated)}}},
	}
	judges := result.Judges{Detectors: []detect.Detector{rulesByName{}}, BaselineSilent: func(string) bool { return false }, Today: today}
	out, err := judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	assert.Equal(t, verdict.Silent, out.Baselines[0].Expectations[0].Verdict)
	assert.Equal(t, verdict.FalseAlarm, out.Baselines[1].Expectations[0].Verdict)
	sum := result.Summarise([]result.Scenario{out}, nil)
	assert.Equal(t, verdict.FalseAlarm, sum.Worst)
	assert.Empty(t, out.Baselines[2].Expectations, "a day holds no rule to silence that it gives nothing to look at")
	assert.Equal(t, 1, out.Baselines[2].NotAsked)
	assert.Equal(t, 1, sum.NotAsked)
	assert.Equal(t, verdict.Skipped, out.Baselines[3].Expectations[0].Verdict, "what a skipped day would have asked is not known")
}

func TestASilenceSaysHowNearItWas(t *testing.T) {
	t.Parallel()
	record := runner.StepRecord{Outcome: proven(), Events: []event.Event{silentEvent("mail-1", event.Translated), silentEvent("mail-2", event.Translated)}}
	got := conclude(t, record, expects(verdict.Quiet), expects(verdict.Blind)).Expectations
	assert.Equal(t, &detect.NearMiss{Event: "mail-1", Distance: 1, Changes: []string{"rings would have to be true"}}, got[0].Nearest)
	assert.Equal(t, 2, got[0].Asked)
	assert.Nil(t, got[1].Nearest, "of a blind spot nobody asks it")
}

func TestVerdictsOnlyLeavesOutWhatExplainsThem(t *testing.T) {
	t.Parallel()
	run := &runner.RunRecord{
		Plan: &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "mail"}}, Steps: []plan.Step{{ID: "step", Asset: "mail",
			Expect: []plan.Expectation{expects(verdict.Quiet), expects(verdict.Fires)}}}},
		Assets: []runner.AssetRecord{{Name: "mail"}},
		Steps:  []runner.StepRecord{{ID: "step", Asset: "mail", Outcome: proven(), Events: []event.Event{silentEvent("1", event.Translated)}}},
	}
	judges := result.Judges{Detectors: []detect.Detector{rulesByName{}}, BaselineSilent: func(string) bool { return false }, Today: today}
	full, err := judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	judges.VerdictsOnly = true
	bare, err := judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	for i, got := range bare.Steps[0].Expectations {
		assert.Equal(t, full.Steps[0].Expectations[i].Verdict, got.Verdict)
		assert.Nil(t, got.Nearest)
		assert.Empty(t, got.Explanation)
		assert.Empty(t, got.Mismatches)
	}
	assert.NotNil(t, full.Steps[0].Expectations[0].Nearest)
	assert.NotEmpty(t, full.Steps[0].Expectations[1].Explanation)
}

func TestASummaryIsNeverGreenWhereSomethingWasForgotten(t *testing.T) {
	t.Parallel()
	pending := result.Summarise([]result.Scenario{{Steps: []result.Step{{Expectations: []result.Expectation{{}}}}}}, nil)
	assert.Equal(t, verdict.Errored, pending.Worst)
	assert.Equal(t, map[string]int{"errored": 1}, pending.Verdicts)
	assert.Equal(t, verdict.Pending, result.Summarise(nil, nil).Worst)
	left := result.Summarise([]result.Scenario{{Assets: []result.Asset{{Leftover: []string{"/tmp/x"}}}}}, nil)
	assert.Equal(t, verdict.Errored, left.Worst)
	broke := result.Summarise([]result.Scenario{{Steps: []result.Step{{Error: "the asset broke"}}}}, nil)
	assert.Equal(t, verdict.Errored, broke.Worst)
	finished := []result.Scenario{{Steps: []result.Step{{Expectations: []result.Expectation{{Verdict: verdict.Detected}}}}}}
	assert.Equal(t, verdict.Detected, result.Summarise(finished, nil).Worst)
	assert.Equal(t, verdict.Errored, result.Summarise(finished, []string{"naikon"}).Worst)
}

// Others may build on a step that nothing is expected of: what was not performed
// must not pass for performed.
func TestAStepThatNothingIsExpectedOfCountsByItsEffect(t *testing.T) {
	t.Parallel()
	prevented := proven()
	prevented.Proofs[0].After = "no such file"
	for _, test := range []struct {
		name   string
		record runner.StepRecord
		want   verdict.Verdict
		reason string
		worst  verdict.Verdict
	}{
		{"performed", runner.StepRecord{Outcome: proven()}, verdict.Pending, "", verdict.Detected},
		{"prevented", runner.StepRecord{Outcome: prevented}, verdict.NoEffect, `check "page is there" failed after the step: no such file`, verdict.NoEffect},
		{"skipped", runner.StepRecord{Skipped: "no image"}, verdict.Skipped, "no image", verdict.Skipped},
		{"broken", runner.StepRecord{Err: errors.New("lost the connection")}, verdict.Errored, "lost the connection", verdict.Errored},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			step := conclude(t, test.record)
			got, reason := step.WithoutExpectations()
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.reason, reason)
			other := result.Step{Expectations: []result.Expectation{{Verdict: verdict.Detected}}}
			assert.Equal(t, test.worst, result.Summarise([]result.Scenario{{Steps: []result.Step{step, other}}}, nil).Worst)
		})
	}
}
