package judge_test

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/judge"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var today = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)

const pageRule = `title: Page Written
id: 10000000-0000-4000-8000-000000000001
logsource: { product: windows, category: file_event }
detection:
  page: { TargetFilename|endswith: .aspx }
  condition: page
`

const programRule = `title: Program Started
id: 10000000-0000-4000-8000-000000000002
logsource: { product: windows, category: process_creation }
detection:
  any: { EventID: 1 }
  condition: any
`

const campaign = `
scenario "campaign" { title = "A test" }
actor "soft_cell" { group = "G0093" }
asset "domain_controller" "dc" {}
asset "exchange" "mail" {}
baseline "office_day" "day" { on = asset.dc }
step "scheduled_task_create" "task" {
  by = actor.soft_cell
  on = asset.dc
  at = "10d"
  expect "sigma" "10000000-0000-4000-8000-000000000002" { verdict = fires }
}
step "owa_web_shell_drop" "page" {
  by = actor.soft_cell
  on = asset.mail
  at = "700d"
  expect "sigma" "10000000-0000-4000-8000-000000000001" { verdict = fires }
}
`

// performed is the campaign as it is performed in memory, in each of its ways, and how
// the first of them was judged.
func performed(t *testing.T) (variants []judge.Variant, judged result.Scenario, engine *detect.Sigma) {
	t.Helper()
	rules, problems := sigma.Parse("rules.yml", []byte(pageRule+"---\n"+programRule))
	require.Empty(t, problems)
	engine, problems = detect.NewSigma(rules)
	require.Empty(t, problems)
	set, wrong := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, fstest.MapFS{"main.hcl": {Data: []byte(campaign)}}, "main.hcl")
	require.Empty(t, wrong)
	built, wrong := plan.Build(set.Scenarios[0], engine, telemetry.Channels, today)
	require.Empty(t, wrong)
	planned := robustness.Variants(built)
	records := map[string]*runner.RunRecord{}
	for _, p := range []*plan.Plan{built, planned[1].Plan, planned[2].Plan} {
		records[p.Name] = perform(t, p)
	}
	variants = judge.Variants(planned, records)
	judges := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: today}
	judged, err := judges.Conclude(t.Context(), records[built.Name])
	require.NoError(t, err)
	return variants, judged, engine
}

func perform(t *testing.T, p *plan.Plan) *runner.RunRecord {
	t.Helper()
	now := func() time.Time { return today }
	var seen []string
	run, err := runner.Runner{Lab: fake.Lab{Now: now, ClaimObserved: true}, Now: now, NewTranslate: func(a plan.Asset) runner.Translate {
		return telemetry.New(a.Name, a.Place).Translate
	}, NewCheck: func(a plan.Asset) runner.TelemetryCheck {
		return telemetry.NewCompletenessCheck(a.Name, a.Place).Verify
	}, Recorded: func(r runner.StepRecord) { seen = append(seen, r.ID) }}.Run(t.Context(), "run", p)
	require.NoError(t, err)
	assert.Len(t, seen, len(p.Baselines)+len(p.Steps), "each record is handed on as it is made")
	return run
}

func TestARuleIsJudgedOverVariantsAndOrdinaryDays(t *testing.T) {
	t.Parallel()
	variants, _, _ := performed(t)
	require.Len(t, variants, 3)
	judge := judge.NewRules(variants, judge.Ordinary(variants[0].Run), event.Native)
	verdict := func(text string) exercise.RuleVerdict {
		got, err := judge.JudgeRule(t.Context(), text)
		require.NoError(t, err)
		again, err := judge.JudgeRule(t.Context(), text)
		require.NoError(t, err)
		assert.Equal(t, got, again, "it is remembered")
		assert.Equal(t, exercise.RuleDigest(text), got.Digest)
		return got
	}
	page := verdict(pageRule)
	require.Len(t, page.Steps, 2)
	assert.Zero(t, page.Alarms)
	assert.Equal(t, "task", page.Steps[0].Step)
	assert.Zero(t, page.Steps[0].Detected)
	assert.Equal(t, "page", page.Steps[1].Step)
	assert.Equal(t, page.Steps[1].Variants, page.Steps[1].Detected, "a page is one however it is written")
	program := verdict(programRule)
	assert.Equal(t, program.Steps[0].Variants, program.Steps[0].Detected)
	assert.Positive(t, program.Alarms, "programs are started on ordinary days")
	assert.Greater(t, program.Steps[0].Variants+program.Steps[1].Variants, 2, "a variant has a way of its own")

	for text, want := range map[string]string{
		"":                             "there is no rule in the text",
		"title: [":                     "line 1",
		"{{ .Secret }}":                "line 1",
		"title: x\nlogsource: {}\n":    "Empty log source",
		"a: &a [*a]":                   "line 1",
		string(make([]byte, 1<<20)):    "at most 32768 are allowed",
		manyRules(9, pageRule+"---\n"): "at most 8 are allowed",
	} {
		problems := verdict(text).Problems
		require.NotEmpty(t, problems, text)
		assert.Contains(t, problems[0], want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := judge.JudgeRule(ctx, "# not seen before\n"+pageRule)
	require.ErrorIs(t, err, context.Canceled)
}

func manyRules(n int, text string) string {
	out := ""
	for range n {
		out += text
	}
	return out
}

func TestTelemetryIsJudgedByWhatTheExpectedRulesDetectOnIt(t *testing.T) {
	t.Parallel()
	variants, judged, engine := performed(t)
	source := func(name string) []profile.Source {
		return []profile.Source{{Product: "windows", Name: name, Storage: profile.Forwarded, Sample: 1}}
	}
	judge := judge.Profiles{Detectors: []detect.Detector{engine}, Run: variants[0].Run, Judged: judged, Purchases: []exercise.Purchase{
		{Name: "security", Sources: source("security")}, {Name: "programs", Cost: 5, Sources: source("process_creation")}, {Name: "files", Cost: 50, Sources: source("file_event")},
	}}
	for _, test := range []struct {
		bought []string
		want   []exercise.StepSight
	}{
		{nil, []exercise.StepSight{{Step: "task", Expected: 1}, {Step: "page", Expected: 1}}},
		{[]string{"files"}, []exercise.StepSight{{Step: "task", Expected: 1}, {Step: "page", Expected: 1, Detected: 1}}},
		{[]string{"files", "programs"}, []exercise.StepSight{{Step: "task", Expected: 1, Detected: 1}, {Step: "page", Expected: 1, Detected: 1}}},
	} {
		got, err := judge.JudgeProfile(t.Context(), test.bought)
		require.NoError(t, err)
		assert.Equal(t, exercise.ProfileVerdict{Digest: exercise.PurchaseDigest(test.bought), Steps: test.want}, got)
	}
}
