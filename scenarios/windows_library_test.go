package scenarios_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
)

// sigmaHQ is beside the checkout, or not: it is no part of the module.
var sigmaHQ = filepath.Join("..", "..", "shared", "sigmahq", "rules")

func TestOwnLibraryHoldsOnWindows(t *testing.T) {
	t.Parallel()
	rules, problems := sigma.LoadFS(os.DirFS("."), "rules")
	require.Empty(t, problems)
	holds(t, rules, "naikon.hcl", "emissary_panda.hcl", "soft_cell_windows.hcl")
}

func TestSigmaHQLibraryHoldsOnWindows(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(sigmaHQ); err != nil {
		t.Skip("SigmaHQ's rules are not beside the checkout: ", err)
	}
	rules, _ := sigma.LoadPaths(filepath.Join(sigmaHQ, "windows"))
	holds(t, rules, "sigmahq/naikon.hcl", "sigmahq/emissary_panda.hcl", "sigmahq/soft_cell_windows.hcl")
}

// holds performs scenarios in memory, step after step on the same assets, and
// asks for every expectation.
func holds(t *testing.T, rules []*sigma.Rule, files ...string) {
	t.Helper()
	engine, _ := detect.NewSigma(rules)
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			set, problems := scenario.LoadFS(scenario.Options{}, os.DirFS("."), file)
			require.Empty(t, problems)
			for _, one := range set.Scenarios {
				perform(t, engine, one)
			}
		})
	}
}

// host is one asset of a scenario, in memory.
type host struct {
	stage     runner.Stage
	translate *persona.Translator
}

func perform(t *testing.T, engine *detect.Sigma, one *scenario.Scenario) {
	t.Helper()
	day := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	hosts := map[string]host{}
	for _, a := range one.Assets {
		stage, err := fake.Lab{Now: func() time.Time { return day }}.Open(t.Context(), runner.Asset{Name: a.Name.Text, Place: a.Place()})
		require.NoError(t, err)
		hosts[a.Name.Text] = host{stage, persona.New(a.Name.Text, a.Place())}
	}
	for _, baseline := range one.Baselines {
		on, _ := one.Asset(baseline.On.Text)
		step(t, engine, hosts[baseline.On.Text], baseline.Kind.Plan(on.Place()), baseline.Name.Text, baseline.Expect)
	}
	slices.SortStableFunc(one.Steps, func(a, b scenario.Step) int { return int(a.At.Time - b.At.Time) })
	for _, s := range one.Steps {
		on, _ := one.Asset(s.On.Text)
		planner, err := s.Behaviour.With(s.Arguments)
		require.NoError(t, err)
		step(t, engine, hosts[s.On.Text], planner.Plan(on.Place()), s.Name.Text, s.Expect)
	}
	for name, host := range hosts {
		undone, err := host.stage.Undo(t.Context())
		require.NoError(t, err)
		assert.Empty(t, undone.Left, name)
	}
}

func step(t *testing.T, engine *detect.Sigma, on host, plan effect.Plan, name string, expects []scenario.Expect) {
	t.Helper()
	outcome, err := on.stage.Perform(t.Context(), name, plan)
	require.NoError(t, err)
	assert.Empty(t, outcome.Trouble, name)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%s: %+v", name, proof)
	}
	events := on.translate.Translate(outcome.Observations, time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))
	for _, want := range expects {
		alerts, err := engine.Detect(t.Context(), events, want.Shape)
		require.NoError(t, err)
		count := 0
		for _, alert := range alerts {
			if strings.EqualFold(alert.Rule, want.Rule.Text) {
				count++
			}
		}
		_, known := engine.Rule(want.Rule.Text)
		assert.True(t, known, "%s: %s is a rule of the set", name, want.Rule.Text)
		if want.Want != verdict.Fires {
			assert.Zero(t, count, "%s: %s %s", name, want.Rule.Text, want.Because)
			continue
		}
		assert.GreaterOrEqual(t, count, want.Least, "%s: %s", name, engine.Explain(want.Rule.Text, events, want.Shape))
		if want.Most > 0 {
			assert.LessOrEqual(t, count, want.Most, "%s: %s", name, want.Rule.Text)
		}
	}
}
