package material_test

import (
	"bytes"
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/material"
	"github.com/ringer-lab/ringer/emulation/hunt"
	"github.com/ringer-lab/ringer/emulation/hunt/query"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var today = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)

const campaign = `
scenario "campaign" { title = "A test" }
actor "soft_cell" { group = "G0093" }
asset "domain_controller" "dc" {}
asset "exchange" "mail" {}
baseline "office_day" "day" { on = asset.dc }
step "scheduled_task_create" "task" {
  by = actor.soft_cell
  on = asset.dc
  at = "1d"
}
step "owa_web_shell_drop" "page" {
  by = actor.soft_cell
  on = asset.mail
  at = "LATERd"
  expect "sigma" "10000000-0000-4000-8000-000000000001" { verdict = fires }
}
`

func performed(t *testing.T, later string) material.Performed {
	t.Helper()
	rules, problems := sigma.Parse("rules.yml", []byte("title: Page\nid: 10000000-0000-4000-8000-000000000001\nlogsource: {product: windows, category: file_event}\ndetection:\n  page: {TargetFilename|endswith: .aspx}\n  condition: page\n"))
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	text := bytes.ReplaceAll([]byte(campaign), []byte("LATER"), []byte(later))
	set, wrong := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"main.hcl": {Data: text}}, "main.hcl")
	require.Empty(t, wrong)
	built, wrong := plan.Build(set.Scenarios[0], engine, telemetry.Channels, today)
	require.Empty(t, wrong)
	now := func() time.Time { return today }
	run, err := runner.Runner{Lab: fake.Lab{Now: now, ClaimObserved: true}, Now: now, NewTranslate: func(a plan.Asset) runner.Translate {
		return telemetry.New(a.Name, a.Place).Translate
	}, NewCheck: func(a plan.Asset) runner.TelemetryCheck {
		return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
	}}.Run(t.Context(), "run", built)
	require.NoError(t, err)
	judges := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: today}
	judged, err := judges.Conclude(t.Context(), run)
	require.NoError(t, err)
	return material.Performed{Run: run, Judged: judged, Detectors: []detect.Detector{engine}}
}

var definition = exercise.Definition{Name: "first", Scenario: "campaign", Pace: 60, Minutes: 90}

func made(t *testing.T, seed string) *material.Material {
	t.Helper()
	m, err := material.New(performed(t, "3"), definition, seed)
	require.NoError(t, err)
	return m
}

func search(t *testing.T, m *material.Material, text string) hunt.Result {
	t.Helper()
	q, problems := query.Parse(text)
	require.Empty(t, problems)
	found, err := m.Store.Search(t.Context(), q, m.Store.Len(), hunt.Page{Limit: hunt.MaxPage, Oldest: true})
	require.NoError(t, err)
	return found
}

func TestAnExerciseHasItsStepsAmongOrdinaryDays(t *testing.T) {
	t.Parallel()
	m := made(t, "a seed")
	require.NoError(t, m.FillUntil(t.Context(), m.Start))
	begun := m.Store.Len()
	assert.Less(t, begun, m.Total(), "only what is before the start")
	require.NoError(t, m.Fill(t.Context()))
	assert.Equal(t, m.Total(), m.Store.Len())
	counts := m.Counts()
	assert.Positive(t, counts.Performed)
	assert.Greater(t, counts.Repeated, counts.Ordinary, "ordinary days go on")

	found := search(t, m, "aspx")
	require.NotZero(t, found.Total)
	steps := map[string]int{}
	for _, event := range found.Events {
		origin, ok := m.Store.OriginOf(event.ID)
		require.True(t, ok)
		steps[origin.Step]++
	}
	assert.Positive(t, steps["page"])
	for _, step := range m.Truth.Steps() {
		assert.True(t, step.From.After(m.Start), step.ID)
		assert.True(t, step.To.Before(m.End), step.ID)
		own, ok := m.Store.IDOf("campaign", step.Events[0])
		require.True(t, ok)
		event, ok := m.Store.Event(own, m.Store.Len())
		require.True(t, ok)
		assert.False(t, event.Time.Before(step.From))
		assert.False(t, event.Time.After(step.To))
	}
	assert.False(t, m.End.Before(m.Start.Add(90*time.Hour)), "events last as long as the exercise")
	trial, err := m.Store.TryRule(t.Context(), "title: x\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s: {EventID: 1}\n  condition: s\n", m.Store.Len())
	require.NoError(t, err)
	assert.Positive(t, trial.Ordinary.Total, "there are ordinary days before the exercise")
	verdict, err := m.Judges.Rules.JudgeRule(t.Context(), "title: x\nlogsource: {product: windows, category: file_event}\ndetection:\n  page: {TargetFilename|endswith: .aspx}\n  condition: page\n")
	require.NoError(t, err)
	assert.Empty(t, verdict.Problems)
}

// A score that was asked for before the events were there is computed again.
func TestScoresAreThoseOfAllEvents(t *testing.T) {
	t.Parallel()
	whole := made(t, "a seed")
	require.NoError(t, whole.Fill(t.Context()))
	page, ok := whole.Truth.Step("page")
	require.True(t, ok)
	shown, ok := whole.Store.IDOf("campaign", page.Events[0])
	require.True(t, ok)

	find := exercise.Target{Steps: []string{"page"}}
	asked := definition
	asked.Objectives = []exercise.Objective{{Name: "o", Points: 10, Evidence: 1, Find: find, Partial: exercise.Shares{Evidence: 1}, Within: time.Hour, Tries: 1}}
	entries := []exercise.Entry{
		{Kind: exercise.Team, Team: "a", Name: "Blue"}, {Kind: exercise.Member, Team: "a", Member: "ann", Name: "Ann"},
		{Kind: exercise.HandedIn, Team: "a", Member: "ann", Finding: &exercise.Finding{Events: []string{shown}}},
	}
	for i := range entries {
		entries[i].Number = int64(i + 1)
	}
	m := made(t, "a seed")
	state := exercise.Fold(asked, m.Truth, entries)
	team, _ := state.Team("a")
	assert.Zero(t, team.Points)
	require.NoError(t, m.FillUntil(t.Context(), page.To))
	team, _ = state.Team("a")
	assert.Equal(t, 10, team.Points)
}

func TestASeedDecidesAll(t *testing.T) {
	t.Parallel()
	one, again, other := made(t, "one"), made(t, "one"), made(t, "other")
	for _, m := range []*material.Material{one, again, other} {
		require.NoError(t, m.Fill(t.Context()))
	}
	assert.Equal(t, search(t, one, "aspx"), search(t, again, "aspx"))
	assert.Equal(t, one.Truth.Steps(), again.Truth.Steps())
	assert.NotEqual(t, search(t, one, "aspx").Events[0].ID, search(t, other, "aspx").Events[0].ID)
}

func TestWhatCannotBeHeldIsSaid(t *testing.T) {
	t.Parallel()
	_, err := material.New(performed(t, "36000"), definition, "s")
	require.ErrorContains(t, err, "at most 2000000 are allowed: choose a scenario that takes fewer days")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, made(t, "s").Fill(ctx), context.Canceled)
}
