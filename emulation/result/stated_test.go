package result_test

import (
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

const accountRules = `
title: Program Run by an Administrator
id: 11111111-1111-4111-8111-111111111111
name: program
logsource: {product: windows, category: process_creation}
detection:
  program: {Image|endswith: '\cmd.exe', User: adm}
  condition: program
---
title: Program Run Twice by an Administrator
id: 22222222-2222-4222-8222-222222222222
correlation:
  type: event_count
  rules: [program]
  timespan: 1d
  generate: true
  condition: {gte: 2}
`

const (
	accountRule = "11111111-1111-4111-8111-111111111111"
	twiceRule   = "22222222-2222-4222-8222-222222222222"
)

// run is the start of a program by an account whose name is how it is known.
func run(id, image, user string, how event.Provenance) event.Event {
	e := event.Event{
		ID: id, Provenance: event.Translated, Time: today, Sources: []event.LogSource{{Product: "windows", Category: "process_creation"}},
		Fields: map[string]any{"Image": `C:\` + image, "User": user},
	}
	if how != event.Translated {
		e.FieldProvenance = map[string]event.Provenance{"User": how}
	}
	return e
}

func asks(rule string, want verdict.Want) plan.Expectation {
	return plan.Expectation{Detector: "sigma", Rule: rule, Want: want, Shape: event.Native, Least: 1,
		Until: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), Range: hcl.Range{Filename: "mail.hcl"}}
}

func judged(t *testing.T, want plan.Expectation, events ...event.Event) result.Expectation {
	t.Helper()
	rules, problems := sigma.Parse("rules.yml", []byte(accountRules))
	require.Empty(t, problems)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	run := &runner.RunRecord{
		Plan:   &plan.Plan{Assets: []plan.Asset{{}}, Steps: []plan.Step{{ID: "step", Expect: []plan.Expectation{want}}}},
		Assets: []runner.AssetRecord{{}},
		Steps:  []runner.StepRecord{{ID: "step", Outcome: proven(), Events: events}},
	}
	out, err := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: today}.Conclude(t.Context(), run)
	require.NoError(t, err)
	return out.Steps[0].Expectations[0]
}

func TestAVerdictNamesTheStatedFieldsThatItRestsOn(t *testing.T) {
	t.Parallel()
	seen, stated, declared := event.Translated, event.Stated, event.Declared
	twice := asks(accountRule, verdict.Fires)
	twice.Least = 2
	once := asks(accountRule, verdict.Fires)
	once.Most = 1
	user := []string{"User"}
	for _, test := range []struct {
		name   string
		want   plan.Expectation
		events []event.Event
		got    verdict.Verdict
		stated []string
	}{
		{"detected on what was seen", asks(accountRule, verdict.Fires), []event.Event{run("1", "cmd.exe", "adm", seen)}, verdict.Detected, nil},
		{"detected on a stated account", asks(accountRule, verdict.Fires), []event.Event{run("1", "cmd.exe", "adm", stated)}, verdict.Detected, user},
		{"detected on what was seen as well", asks(accountRule, verdict.Fires),
			[]event.Event{run("1", "cmd.exe", "adm", stated), run("2", "cmd.exe", "adm", seen)}, verdict.Detected, nil},
		{"detected on what was seen, but not often enough", twice,
			[]event.Event{run("1", "cmd.exe", "adm", stated), run("2", "cmd.exe", "adm", seen)}, verdict.Detected, user},
		{"detected, and another account would be one too many", once,
			[]event.Event{run("1", "cmd.exe", "adm", seen), run("2", "cmd.exe", "bob", stated)}, verdict.Detected, user},
		{"detected, and another account would be one more", asks(accountRule, verdict.Fires),
			[]event.Event{run("1", "cmd.exe", "adm", seen), run("2", "cmd.exe", "bob", stated)}, verdict.Detected, nil},
		{"silent by what was seen", asks(accountRule, verdict.Quiet), []event.Event{run("1", "sh.exe", "adm", stated)}, verdict.Silent, nil},
		{"silent by a stated account", asks(accountRule, verdict.Quiet), []event.Event{run("1", "cmd.exe", "bob", stated)}, verdict.Silent, user},
		{"a blind spot by what was seen", asks(accountRule, verdict.Blind), []event.Event{run("1", "sh.exe", "adm", stated)}, verdict.BlindSpot, nil},
		{"a blind spot by a stated account", asks(accountRule, verdict.Blind), []event.Event{run("1", "cmd.exe", "bob", stated)}, verdict.BlindSpot, user},
		{"a known gap by a stated account", asks(accountRule, verdict.KnownGap), []event.Event{run("1", "cmd.exe", "bob", stated)}, verdict.BlindSpot, user},
		{"a gap closed by a stated account", asks(accountRule, verdict.KnownGap), []event.Event{run("1", "cmd.exe", "adm", stated)}, verdict.Detected, user},
		{"a miss is not marked", asks(accountRule, verdict.Fires), []event.Event{run("1", "cmd.exe", "bob", stated)}, verdict.Missed, nil},
		{"nor a false alarm", asks(accountRule, verdict.Quiet), []event.Event{run("1", "cmd.exe", "adm", stated)}, verdict.FalseAlarm, nil},
		{"nor what is skipped, as it is declared", asks(accountRule, verdict.Fires), []event.Event{run("1", "cmd.exe", "adm", declared)}, verdict.Skipped, nil},
		{"detected on a stated account beside a declared one", asks(accountRule, verdict.Fires),
			[]event.Event{run("1", "cmd.exe", "adm", declared), run("2", "cmd.exe", "adm", stated)}, verdict.Detected, user},
		{"a correlation of stated accounts", asks(twiceRule, verdict.Fires),
			[]event.Event{run("1", "cmd.exe", "adm", seen), run("2", "cmd.exe", "adm", stated)}, verdict.Detected, user},
		{"a correlation that has enough without", asks(twiceRule, verdict.Quiet),
			[]event.Event{run("1", "sh.exe", "adm", seen), run("2", "cmd.exe", "adm", stated)}, verdict.Silent, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := judged(t, test.want, test.events...)
			assert.Equal(t, test.got, got.Verdict, "%s", got.Verdict)
			assert.Equal(t, test.stated, got.Stated)
		})
	}
}

func TestAStatedEventStatesAllThatIsNotKnownBetter(t *testing.T) {
	t.Parallel()
	whole := run("1", "cmd.exe", "adm", event.Translated)
	whole.Provenance = event.Stated
	assert.Equal(t, []string{"Image", "User"}, judged(t, asks(accountRule, verdict.Fires), whole).Stated)
	whole.FieldProvenance = map[string]event.Provenance{"Image": event.Observed}
	assert.Equal(t, []string{"User"}, judged(t, asks(accountRule, verdict.Fires), whole).Stated)
}

func TestTheSummaryCountsWhatRestsOnStatedFields(t *testing.T) {
	t.Parallel()
	sum := result.Summarise([]result.Scenario{{
		Baselines: []result.Step{{Expectations: []result.Expectation{{Verdict: verdict.Silent, Stated: []string{"User"}}}}},
		Steps:     []result.Step{{Expectations: []result.Expectation{{Verdict: verdict.Detected, Stated: []string{"User"}}, {Verdict: verdict.Detected}}}},
	}}, nil)
	assert.Equal(t, 2, sum.Stated)
	assert.Equal(t, verdict.Detected, sum.Worst, "a verdict stays what it is")
}
