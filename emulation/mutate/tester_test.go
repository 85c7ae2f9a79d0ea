package mutate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

const (
	page  = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11"
	twice = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12"
	other = "5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b13"
)

const rules = `
title: Page
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11
logsource: {category: file_event, product: windows}
detection:
  page:
    TargetFilename|endswith: '.aspx'
  filter_installer:
    Image: 'msiexec.exe'
  condition: page and not filter_installer
---
title: Two Pages
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b12
correlation:
  type: event_count
  rules: [5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b11]
  timespan: 2h
  generate: true
  condition: {gte: 2}
---
title: Other
id: 5f1c3d0e-7f43-4a6f-9a6e-3f1f0f6f2b13
logsource: {category: process_creation, product: windows}
detection:
  one: {Image: 'a.exe'}
  condition: one
`

var start = time.Date(2021, 1, 1, 8, 0, 0, 0, time.UTC)

// written is a file event, so many hours after the start.
func written(id, path, image string, hours int) event.Event {
	return event.Event{
		ID: id, Time: start.Add(time.Duration(hours) * time.Hour), Provenance: event.Translated,
		Sources: []event.LogSource{{Category: "file_event", Product: "windows"}},
		Fields:  map[string]any{"TargetFilename": path, "Image": image},
	}
}

func record(id string, events ...event.Event) runner.StepRecord {
	return runner.StepRecord{
		ID: id, Asset: "mail", Events: events,
		Outcome: runner.Outcome{Canary: true, Proofs: []effect.Proof{{Check: "page is there", Before: "no such file"}}},
	}
}

func expects(rule string, want verdict.Want) plan.Expectation {
	return plan.Expectation{Detector: "sigma", Rule: rule, Want: want, Shape: event.Native, Least: 1}
}

// runOf returns a run that has one step a record; expected is by step.
func runOf(steps []runner.StepRecord, expected map[string][]plan.Expectation, days ...runner.StepRecord) *runner.RunRecord {
	p := &plan.Plan{Name: "test", Assets: []plan.Asset{{Name: "mail"}}}
	for _, step := range steps {
		p.Steps = append(p.Steps, plan.Step{ID: step.ID, Asset: "mail", Expect: expected[step.ID]})
	}
	for _, day := range days {
		p.Baselines = append(p.Baselines, plan.Baseline{ID: day.ID, Asset: "mail", Kind: behaviour.Baseline{Name: "office_day"}, Expect: expected[day.ID]})
	}
	return &runner.RunRecord{Plan: p, Assets: []runner.AssetRecord{{Name: "mail"}}, Steps: steps, Baselines: days}
}

func test(t *testing.T, runs ...*runner.RunRecord) mutate.Measurement {
	t.Helper()
	parsed, problems := sigma.Parse("rules.yml", []byte(rules))
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	detector, problems := detect.NewSigma(parsed)
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	tester := mutate.Tester{Detector: detector, BaselineSilent: func(rule string) bool { return rule == page }, Today: start}
	measured, err := tester.Test(t.Context(), runs)
	require.NoError(t, err)
	return measured
}

// survivors are those of the rule, as line and what is gone or put in its place.
func survivors(t *testing.T, measured mutate.Measurement, rule string) []string {
	t.Helper()
	for _, r := range measured.Rules {
		if r.Rule == rule {
			out := []string{}
			for _, mutant := range r.Survivors {
				out = append(out, mutant.Was+" → "+mutant.Now)
			}
			return out
		}
	}
	require.Fail(t, "the rule was not tested")
	return nil
}

func fires(rules ...string) (all []plan.Expectation) {
	for _, rule := range rules {
		all = append(all, expects(rule, verdict.Fires))
	}
	return all
}

func TestWhatNoVerdictTurnsOnSurvives(t *testing.T) {
	t.Parallel()
	drop := record("drop", written("1", `C:\x.aspx`, "w3wp.exe", 0))
	measured := test(t, runOf([]runner.StepRecord{drop}, map[string][]plan.Expectation{"drop": fires(page)}))
	assert.Equal(t, []string{
		"TargetFilename|endswith: '.aspx' → TargetFilename|contains", "TargetFilename|endswith: '.aspx' → ",
		"Image: 'msiexec.exe' → Image|contains", "not filter_installer → ", "page and not filter_installer → page or not filter_installer",
	}, survivors(t, measured, page), "nothing is expected to be silent")
	require.NotNil(t, measured.Rules[0].Score.Score)
	assert.Zero(t, *measured.Rules[0].Score.Score)
}

func TestAMutantIsKilledByAnyVerdictThatChanges(t *testing.T) {
	t.Parallel()
	steps := []runner.StepRecord{
		record("drop", written("1", `C:\x.aspx`, "w3wp.exe", 0)),
		record("text", written("2", `C:\x.txt`, "w3wp.exe", 1)),
		record("install", written("3", `C:\x.aspx`, "msiexec.exe", 2)),
	}
	silent := []plan.Expectation{expects(page, verdict.Quiet)}
	measured := test(t, runOf(steps, map[string][]plan.Expectation{"drop": fires(page), "text": silent, "install": silent}))
	assert.Equal(t, []string{
		"TargetFilename|endswith: '.aspx' → TargetFilename|contains", "Image: 'msiexec.exe' → Image|contains",
	}, survivors(t, measured, page))
	require.NotNil(t, measured.Summary.Score.Score)
	assert.InDelta(t, 3.0/5, *measured.Summary.Score.Score, 1e-9)
}

func TestAnAlertWhereNothingIsExpectedKillsOnOrdinaryDaysAlone(t *testing.T) {
	t.Parallel()
	drop, install := record("drop", written("1", `C:\x.aspx`, "w3wp.exe", 0)), record("install", written("3", `C:\y.aspx`, "msiexec.exe", 2))
	expected := map[string][]plan.Expectation{"drop": fires(page)}
	without := "not filter_installer → "
	assert.Contains(t, survivors(t, test(t, runOf([]runner.StepRecord{drop, install}, expected)), page), without, "the step expects nothing of the rule")
	assert.NotContains(t, survivors(t, test(t, runOf([]runner.StepRecord{drop}, expected, install)), page), without, "the ordinary day must not make it fire")
}

func TestARuleIsTestedByTheCorrelationsThatRestOnIt(t *testing.T) {
	t.Parallel()
	steps := []runner.StepRecord{
		record("first", written("1", `C:\x.aspx`, "w3wp.exe", 0)),
		record("second", written("2", `C:\y.aspx`, "w3wp.exe", 1), written("3", `C:\z.txt`, "w3wp.exe", 1)),
		record("third", written("4", `C:\w.aspx`, "w3wp.exe", 9)),
	}
	measured := test(t, runOf(steps, map[string][]plan.Expectation{
		"first": {expects(twice, verdict.Quiet)}, "second": fires(twice), "third": {expects(twice, verdict.Quiet)},
	}))
	require.Len(t, measured.Rules, 2)
	assert.Equal(t, []string{"timespan: 2h → 1h", "timespan: 2h → 3h"}, survivors(t, measured, twice), "a third would be missed, one is a false alarm")
	assert.NotContains(t, survivors(t, measured, page), "page → ")
	assert.Equal(t, []mutate.Name{{Rule: other, Title: "Other", File: "rules.yml", Line: 21}}, measured.Unexpected)
}

func TestARuleWhoseVerdictsAreNotMetIsNotScored(t *testing.T) {
	t.Parallel()
	drop := record("drop", written("1", `C:\x.txt`, "w3wp.exe", 0))
	measured := test(t, runOf([]runner.StepRecord{drop}, map[string][]plan.Expectation{"drop": fires(page)}))
	assert.Equal(t, "the unaltered rule is not met: missed at drop of test", measured.Rules[0].Unscored)
	assert.Equal(t, mutate.Summary{Unscored: 1}, measured.Summary)

	drop.Skipped = "the step needs a real nginx"
	measured = test(t, runOf([]runner.StepRecord{drop}, map[string][]plan.Expectation{"drop": fires(page)}))
	assert.Equal(t, "no step with an expectation of this rule was performed: the step needs a real nginx", measured.Rules[0].Unscored)
}
