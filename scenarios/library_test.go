package scenarios_test

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/sigmahqtest"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

var day = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func TestOwnLibraryHolds(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, p := range read(t, engine, ".") {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			for _, step := range concluded(t, engine, p, func(string) bool { return true }) {
				for _, alert := range step.UnexpectedAlerts {
					assert.Fail(t, "an alert that nobody expected", "%s: %s", step.ID, alert.Title)
				}
			}
		})
	}
}

func TestSigmaHQLibraryHolds(t *testing.T) {
	t.Parallel()
	rules, _ := sigma.LoadPaths(filepath.Join(sigmahqtest.Folder(t), "rules"))
	engine, _ := detect.NewSigma(rules)
	fires, silent := map[string]bool{}, map[string]bool{}
	for _, p := range read(t, engine, "sigmahq") {
		for _, step := range p.Steps {
			for _, want := range step.Expect {
				switch want.Want {
				case verdict.Fires:
					fires[want.Rule] = true
				case verdict.Quiet:
					silent[want.Rule] = true
				}
			}
		}
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			concluded(t, engine, p, func(string) bool { return false })
		})
	}
	assert.GreaterOrEqual(t, len(fires), 12)
	assert.GreaterOrEqual(t, len(silent), 12)
}

// Whoever adds a behaviour or a rule has it shown at work.
func TestLibraryLeavesNothingOut(t *testing.T) {
	t.Parallel()
	used, fired, silent := map[string]bool{}, map[string]bool{}, map[string]bool{}
	rules := ownRules(t)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	for _, p := range read(t, engine, ".") {
		ordinary := map[string]bool{}
		for _, baseline := range p.Baselines {
			ordinary[baseline.Asset] = true
		}
		bounds := slices.ContainsFunc(p.Steps, func(step plan.Step) bool { return step.Behaviour.Phase == behaviour.Boundary })
		for _, host := range p.Assets {
			assert.True(t, bounds || ordinary[host.Name], "%s: asset %s has a day of its own", p.Name, host.Name)
		}
		for _, step := range p.Steps {
			if step.Behaviour.Phase == behaviour.Boundary {
				for _, want := range step.Expect {
					assert.True(t, want.Want == verdict.Quiet || want.Least == want.Most, "%s %s: %s counts its alerts", p.Name, step.ID, want.Title)
				}
				continue
			}
			assert.Contains(t, step.Behaviour.Actors, step.Actor.Name, "%s %s: it was reported of that actor", p.Name, step.ID)
			used[step.Behaviour.Name] = true
			wants := map[verdict.Want]bool{}
			for _, want := range step.Expect {
				wants[want.Want] = true
				silent[want.Rule] = silent[want.Rule] || want.Want == verdict.Quiet
				fired[want.Rule] = fired[want.Rule] || want.Want == verdict.Fires
				assert.True(t, want.Want == verdict.Fires || want.Because != "", "%s %s: %s says why", p.Name, step.ID, want.Title)
			}
			seen := wants[verdict.Fires] || wants[verdict.KnownGap] || wants[verdict.Blind]
			assert.True(t, seen || stated[step.Behaviour.Name] != "", "%s %s: a rule sees it, or it is said that none does", p.Name, step.ID)
		}
	}
	assert.GreaterOrEqual(t, len(silent), len(speaking(t))/2, "most rules stay silent on something near them, and could have fired there")
	answering := map[string]bool{}
	for _, b := range scenarios.Library().Behaviours() {
		t.Run(b.Name, func(t *testing.T) {
			switch _, answered := answers[b.Name]; {
			case !b.Reported():
			case !used[b.Name] && !answered:
				t.Skip("new: no scenario uses it and no rule is written for it yet")
			default:
				assert.True(t, used[b.Name], "behaviour %s is used", b.Name)
				assert.True(t, answered, "behaviour %s has a rule that sees it and one that comes near", b.Name)
			}
		})
		for _, name := range answers[b.Name].fires {
			answering[string(b.Platform)+"_"+name] = true
		}
	}
	for _, rule := range speaking(t) {
		name := nameOf(rule.ID)
		hand := slices.ContainsFunc(byHand, func(act handAct) bool { return act.rule == name })
		assert.True(t, fired[rule.ID] || hand && !answering[name] || declared[name] != "", "rule %s fires in a scenario, or no behaviour fires it", name)
	}
}

// declared are rules that fire on nothing but declared records: a verdict on such
// an alert is skipped, so no scenario asks for one.
var declared = map[string]string{
	"windows_service_account_at_desktop": "nobody can log on to a container",
}

// stated are behaviours that leave declared records only: no rule is asked of
// those, so nothing can be expected of one.
var stated = map[string]string{
	"valid_account_logon": "nobody can log on to a container",
}

func TestScenariosAreFormatted(t *testing.T) {
	t.Parallel()
	require.NoError(t, fs.WalkDir(scenarios.FS, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".hcl" {
			return err
		}
		text, err := fs.ReadFile(scenarios.FS, name)
		require.NoError(t, err)
		formatted, problems := scenario.Format(name, text)
		require.Empty(t, problems)
		assert.Equal(t, string(formatted), string(text), "ringer fmt scenarios/%s", name)
		return nil
	}))
}

// read plans a folder of scenarios on a set of rules.
func read(t *testing.T, engine *detect.Sigma, folder string) []*plan.Plan {
	t.Helper()
	names, err := fs.Glob(scenarios.FS, path.Join(folder, "*.hcl"))
	require.NoError(t, err)
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, names...)
	require.Empty(t, problems)
	var plans []*plan.Plan
	for _, scenario := range set.Scenarios {
		built, problems := plan.Build(scenario, engine, telemetry.Channels, day)
		require.Empty(t, problems)
		plans = append(plans, built)
	}
	require.NotEmpty(t, plans)
	return plans
}

// performed performs a plan in memory and judges it. The fake lab's word counts
// for the kernel's here, since what is tried is the library.
func performed(t *testing.T, engine *detect.Sigma, p *plan.Plan, everyday func(string) bool) (*runner.RunRecord, result.Scenario) {
	t.Helper()
	return performedBy(t, engine, p, everyday, translator)
}

// performedBy is the same with another translation.
func performedBy(t *testing.T, engine *detect.Sigma, p *plan.Plan, everyday func(string) bool, translate func(plan.Asset) runner.Translate) (*runner.RunRecord, result.Scenario) {
	t.Helper()
	var acts atomic.Int64 // proofs of times need a clock that goes on
	now := func() time.Time { return day.Add(time.Duration(acts.Add(1)) * time.Millisecond) }
	performance, err := runner.Runner{Lab: fake.Lab{Now: now, ClaimObserved: true}, NewTranslate: translate, NewCheck: check, Now: now}.Run(t.Context(), "run", p)
	require.NoError(t, err)
	judged, err := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: everyday, Today: day}.Conclude(t.Context(), performance)
	require.NoError(t, err)
	return performance, judged
}

// concluded does the same and asks for every expectation.
func concluded(t *testing.T, engine *detect.Sigma, p *plan.Plan, everyday func(string) bool) []result.Step {
	t.Helper()
	_, judged := performed(t, engine, p, everyday)
	for _, host := range judged.Assets {
		assert.Empty(t, host.Leftover, "%s is undone", host.Name)
		assert.Empty(t, host.Error)
	}
	steps := slices.Concat(judged.Baselines, judged.Steps)
	real := asksReally(p)
	for _, step := range steps {
		for _, met := range step.Expectations {
			holds := met.Verdict.Met()
			if real[step.ID] {
				holds = met.Verdict == verdict.Skipped // memory has no daemons
			}
			assert.True(t, holds, "%s: %s %s is %s: %s", step.ID, met.Want, met.Title, met.Verdict, met.Reason)
		}
	}
	return steps
}

// asksReally tells which steps ask a real service.
func asksReally(p *plan.Plan) map[string]bool {
	real := map[string]bool{}
	for _, step := range p.Steps {
		real[step.ID] = step.Effect.Service() != ""
	}
	for _, baseline := range p.Baselines {
		real[baseline.ID] = baseline.Effect.Service() != ""
	}
	return real
}

func translator(of plan.Asset) runner.Translate {
	translate := telemetry.New(of.Name, of.Place)
	return func(seen []event.Observation, at time.Time) []event.Event { return translate.Translate(seen, at) }
}

func check(of plan.Asset) runner.TelemetryCheck {
	return telemetry.NewCompletenessCheck(of.Name, of.Place).Verify
}
