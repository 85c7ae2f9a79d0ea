package diff_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var start = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// run is one with a step and a baseline, changed by a test.
func run(change func(*diff.Run)) diff.Run {
	at := func(id string, offset time.Duration, fields map[string]any) event.Event {
		return event.Event{ID: id, Time: start.Add(offset), Sources: []event.LogSource{{Product: "windows", Category: "file_event"}}, Fields: fields}
	}
	r := diff.Run{
		ID:    "run",
		Rules: []diff.Rule{{ID: "r1", Title: "Page", File: "page.yml", Digest: "aa"}, {ID: "r2", Title: "Tool", File: "tool.yml", Digest: "bb"}},
		Scenarios: []diff.Scenario{{
			Start: start,
			Scenario: result.Scenario{
				Name: "mail", Baselines: []result.Step{{ID: "quiet"}},
				Steps: []result.Step{{ID: "drop", Expectations: []result.Expectation{
					{Detector: "sigma", Rule: "r1", Title: "Page", Want: verdict.Fires, Verdict: verdict.Detected, File: "mail.hcl", Line: 9},
					{Detector: "sigma", Rule: "r2", Title: "Tool", Want: verdict.Quiet, Verdict: verdict.Silent, File: "mail.hcl", Line: 12},
				}}},
			},
			Events: map[string][]event.Event{"drop": {
				at("m-1", 0, map[string]any{"EventID": 11, "TargetFilename": `C:\a.aspx`, "UtcTime": "1", "ProcessId": 7}),
				at("m-2", time.Millisecond, map[string]any{"EventID": 11, "TargetFilename": `C:\b.aspx`, "UtcTime": "2", "ProcessId": 7}),
			}},
			Alerts: map[string][]detect.Alert{"drop": {{Rule: "r1", Title: "Page", Level: "high", Events: []string{"m-2"}}}},
		}},
	}
	if change != nil {
		change(&r)
	}
	return r
}

func TestTwoRunsThatDifferInRealTimesOnlyAreTheSame(t *testing.T) {
	t.Parallel()
	d := diff.Compare(run(nil), run(func(r *diff.Run) {
		for _, e := range r.Scenarios[0].Events["drop"] {
			e.Fields["UtcTime"], e.Fields["ProcessId"] = "later", 8
		}
	}))
	assert.True(t, d.Same(), "%+v", d)
}

func TestAVerdictThatGotWorseNamesItsRule(t *testing.T) {
	t.Parallel()
	d := diff.Compare(run(nil), run(func(r *diff.Run) {
		r.Rules[0].Digest = "cc"
		e := &r.Scenarios[0].Steps[0].Expectations[0]
		e.Verdict, e.Reason, e.Explanation = verdict.Missed, "no alert", "Image must end with"
		r.Scenarios[0].Alerts = nil
	}))
	assert.Equal(t, 1, d.Worse)
	assert.Equal(t, []diff.VerdictChange{{
		At: diff.At{Scenario: "mail", Step: "drop"}, Rule: "r1", Title: "Page", Want: verdict.Fires, Before: "detected", After: "missed", Change: "worse",
		Reason: "no alert", Explanation: "Image must end with", Why: []string{"the rule was changed"}, File: "mail.hcl", Line: 9,
	}}, d.Verdicts)
	assert.Equal(t, []diff.RuleChange{{ID: "r1", Title: "Page", File: "page.yml", Change: "changed"}}, d.Rules)
	assert.Equal(t, []diff.AlertChange{{At: diff.At{Scenario: "mail", Step: "drop"}, Rule: "r1", Title: "Page", Level: "high", Before: 1}}, d.Alerts)
	assert.Equal(t, 1, diff.Compare(run(func(r *diff.Run) { r.Scenarios[0].Steps[0].Expectations[0].Verdict = verdict.Missed }), run(nil)).Better)
}

func TestAChangeIsToldAsWhatItIs(t *testing.T) {
	t.Parallel()
	expectation := func(r *diff.Run) *result.Expectation { return &r.Scenarios[0].Steps[0].Expectations[1] }
	for name, test := range map[string]struct {
		before, after func(*diff.Run)
		want          string
	}{
		"not met, and worse":            {func(r *diff.Run) { expectation(r).Verdict = verdict.FalseAlarm }, func(r *diff.Run) { expectation(r).Verdict = verdict.Errored }, "worse"},
		"not met, and less bad":         {func(r *diff.Run) { expectation(r).Verdict = verdict.Errored }, func(r *diff.Run) { expectation(r).Verdict = verdict.NoEffect }, "better"},
		"met otherwise":                 {func(r *diff.Run) { expectation(r).Verdict = verdict.BlindSpot }, nil, "other"},
		"not judged any more":           {nil, func(r *diff.Run) { expectation(r).Verdict = verdict.NotAsked }, "worse"},
		"a known gap where it was seen": {func(r *diff.Run) { expectation(r).Verdict = verdict.Detected }, func(r *diff.Run) { expectation(r).Verdict = verdict.BlindSpot }, "worse"},
		"seen where it was a known gap": {func(r *diff.Run) { expectation(r).Verdict = verdict.BlindSpot }, func(r *diff.Run) { expectation(r).Verdict = verdict.Detected }, "better"},
		"another want":                  {nil, func(r *diff.Run) { expectation(r).Want, expectation(r).Verdict = verdict.Fires, verdict.Missed }, "worse"},
		"expected no more": {nil, func(r *diff.Run) {
			r.Scenarios[0].Steps[0].Expectations = r.Scenarios[0].Steps[0].Expectations[:1]
		}, "other"},
		"expected anew and met": {func(r *diff.Run) {
			r.Scenarios[0].Steps[0].Expectations = r.Scenarios[0].Steps[0].Expectations[:1]
		}, nil, "other"},
		"expected anew and not met": {func(r *diff.Run) {
			r.Scenarios[0].Steps[0].Expectations = r.Scenarios[0].Steps[0].Expectations[:1]
		}, func(r *diff.Run) { expectation(r).Verdict = verdict.FalseAlarm }, "worse"},
	} {
		d := diff.Compare(run(test.before), run(test.after))
		if assert.Len(t, d.Verdicts, 1, name) {
			assert.Equal(t, test.want, d.Verdicts[0].Change, name)
		}
	}
}

func TestEventsAndFieldsThatDifferAreTold(t *testing.T) {
	t.Parallel()
	d := diff.Compare(run(nil), run(func(r *diff.Run) {
		for _, e := range r.Scenarios[0].Events["drop"] {
			delete(e.Fields, "TargetFilename")
		}
	}))
	at := diff.At{Scenario: "mail", Step: "drop"}
	assert.Equal(t, []diff.FieldChange{{At: at, Kind: "product windows, category file_event, 11", Place: 1, Field: "TargetFilename", Before: `C:\a.aspx`, More: 1}}, d.Fields)
	d = diff.Compare(run(nil), run(func(r *diff.Run) { r.Scenarios[0].Events["drop"] = r.Scenarios[0].Events["drop"][:1] }))
	assert.Equal(t, []diff.EventChange{{At: at, Kind: "product windows, category file_event, 11", Before: 2, After: 1}}, d.Events)
}

func TestALaterAlertIsTold(t *testing.T) {
	t.Parallel()
	d := diff.Compare(run(nil), run(func(r *diff.Run) { r.Scenarios[0].Events["drop"][1].Time = start.Add(time.Hour) }))
	assert.Equal(t, []diff.TimeChange{{At: diff.At{Scenario: "mail", Step: "drop"}, Rule: "r1", Title: "Page", Before: time.Millisecond, After: time.Hour}}, d.Times)
	assert.Zero(t, d.Worse)
}

func TestWhatOnlyOneRunHasIsNamed(t *testing.T) {
	t.Parallel()
	d := diff.Compare(run(nil), run(func(r *diff.Run) {
		r.Scenarios[0].Steps[0].ID = "drop_again"
		r.Scenarios = append(r.Scenarios, diff.Scenario{Scenario: result.Scenario{Name: "web"}})
		r.Rules = append(r.Rules[:1], diff.Rule{ID: "r3", Title: "New"})
	}))
	assert.Equal(t, []string{"mail/drop_again", "web"}, d.Added)
	assert.Equal(t, []string{"mail/drop"}, d.Removed)
	for _, change := range d.Verdicts {
		assert.Equal(t, "mail/drop_again", change.At.String(), "those of the removed step are not told, as it is named")
	}
	assert.Len(t, d.Verdicts, 2)
	assert.Equal(t, []diff.RuleChange{{ID: "r3", Title: "New", Change: "added"}, {ID: "r2", Title: "Tool", File: "tool.yml", Change: "removed"}}, d.Rules)
}
