package truth_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/truth"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var start = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)

// performed is a run of an ordinary day and of two steps, the second of which was skipped.
func performed() (*runner.RunRecord, result.Scenario) {
	soft := plan.Actor{Name: "soft_cell", Group: "G0093", Title: "GALLIUM"}
	p := &plan.Plan{
		Actors: []plan.Actor{soft}, Assets: []plan.Asset{{Name: "mail", Place: asset.Host{Hostname: "EX01"}}},
		Baselines: []plan.Baseline{{ID: "day", Asset: "mail"}},
		Steps: []plan.Step{
			{ID: "page", Behaviour: behaviour.Behaviour{About: behaviour.About{Summary: "a page"}}, Actor: soft, Asset: "mail", At: 24 * time.Hour, Technique: "T1505.003",
				Expect: []plan.Expectation{{Rule: "r", Title: "Page Written", Want: verdict.Fires}}},
			{ID: "later", Actor: soft, Asset: "mail", At: 48 * time.Hour, Technique: "T1070"},
		},
	}
	at := func(minutes int) time.Time { return start.Add(24*time.Hour + time.Duration(minutes)*time.Minute) }
	proof := runner.Outcome{Proofs: []effect.Proof{{Check: "there", Before: "it is missing"}}}
	run := &runner.RunRecord{Plan: p, Start: start, Baselines: []runner.StepRecord{{ID: "day", Asset: "mail"}}, Steps: []runner.StepRecord{
		{ID: "page", Asset: "mail", Outcome: proof, Events: []event.Event{{ID: "mail-2", Time: at(3)}, {ID: "mail-3", Time: at(1)}}},
		{ID: "later", Asset: "mail", Skipped: "no image"},
	}}
	return run, result.Scenario{Steps: []result.Step{
		{ID: "page", Alerts: []detect.Alert{{Rule: "another"}}, Expectations: []result.Expectation{{Verdict: verdict.Missed}}}, {ID: "later"},
	}}
}

func TestTheTruthIsWhatWasPerformed(t *testing.T) {
	t.Parallel()
	run, judged := performed()
	got := truth.Of(run, judged, nil)
	assert.Equal(t, []exercise.TrueActor{{Name: "soft_cell", Group: "G0093", Title: "GALLIUM"}}, got.Actors())
	day := start.Add(24 * time.Hour)
	assert.Equal(t, []exercise.TrueStep{
		{ID: "page", Title: "a page", Technique: "T1505.003", Asset: "mail", Host: "EX01", Actor: "soft_cell", From: day.Add(time.Minute), To: day.Add(3 * time.Minute),
			Events: []string{"mail-2", "mail-3"}, Rules: []exercise.ExpectedRule{{Rule: "r", Title: "Page Written", Want: "fires", Verdict: "missed"}}, Alerted: true},
		{ID: "later", Technique: "T1070", Asset: "mail", Host: "EX01", Actor: "soft_cell", From: day.Add(24 * time.Hour), To: day.Add(24 * time.Hour), Events: []string{}, Failed: "no image"},
	}, got.Steps())
}

func TestTheTruthGrowsWhileAScenarioIsPerformed(t *testing.T) {
	t.Parallel()
	run, judged := performed()
	growing := truth.New(run.Plan, nil)
	_, ok := truth.Step(run.Plan, start, run.Baselines[0], nil)
	assert.False(t, ok, "an ordinary day is not a step")
	for _, record := range run.Steps {
		step, ok := truth.Step(run.Plan, start, record, nil)
		require.True(t, ok)
		growing.Add(step)
	}
	page, _ := growing.Step("page")
	assert.False(t, page.Alerted, "it has not been judged")
	assert.Empty(t, page.Rules[0].Verdict)
	truth.Update(growing, run, judged)
	assert.Equal(t, truth.Of(run, judged, nil).Steps(), growing.Steps())
}

func TestAStepThatShowsNothingSaysWhy(t *testing.T) {
	t.Parallel()
	run, _ := performed()
	for want, change := range map[string]func(*runner.StepRecord){
		"":                          func(*runner.StepRecord) {},
		"it broke":                  func(r *runner.StepRecord) { r.Err = errors.New("it broke") },
		"its effect was not proven": func(r *runner.StepRecord) { r.Outcome.Proofs = nil },
		"it left no event":          func(r *runner.StepRecord) { r.Events = nil },
	} {
		record := run.Steps[0]
		change(&record)
		step, _ := truth.Step(run.Plan, start, record, nil)
		assert.Equal(t, want, step.Failed)
	}
}
