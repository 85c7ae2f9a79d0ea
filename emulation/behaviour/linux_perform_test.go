package behaviour_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// Every value an argument may take must lead to an effect that is proven and
// can be taken back: a choice nobody tried is a choice that breaks in a run.
func TestEveryChoiceOfALinuxBehaviourIsProvenAndUndone(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		if b.Platform != effect.Linux {
			continue
		}
		for _, given := range choices(b) {
			for _, name := range b.Assets {
				kind, ok := scenarios.Library().Kind(name)
				require.True(t, ok, "asset %s", name)
				t.Run(b.Name, func(t *testing.T) {
					t.Parallel()
					place := asset.Host{Kind: kind, Hostname: kind.Hostname}
					var before []effect.StepPlan
					if first, ok := scenarios.Library().Behaviour(comesAfter[b.Name]); ok {
						before = append(before, labtest.Planned(t, first, place, nil))
					}
					performs(t, place, labtest.Planned(t, b, place, given), given, before...)
				})
			}
		}
	}
}

func TestEveryBaselineIsProvenAndUndone(t *testing.T) {
	t.Parallel()
	for _, baseline := range scenarios.Library().Baselines() {
		for _, name := range baseline.Assets {
			kind, ok := scenarios.Library().Kind(name)
			require.True(t, ok, "asset %s", name)
			t.Run(baseline.Name, func(t *testing.T) {
				t.Parallel()
				place := asset.Host{Kind: kind, Hostname: kind.Hostname}
				performs(t, place, labtest.PlannedDay(t, baseline, place), nil)
			})
		}
	}
}

// comesAfter names what a behaviour can build on.
var comesAfter = map[string]string{"timestamp_borrow": "web_page_drop"}

// choices gives the defaults, and for each argument each value besides.
func choices(b behaviour.Behaviour) []map[string]any {
	all := []map[string]any{{}}
	for _, arg := range b.Arguments {
		for _, value := range arg.OneOf {
			if arg.Type == "string" {
				all = append(all, map[string]any{arg.Name: value})
			}
		}
		if arg.Type == "number" {
			all = append(all, map[string]any{arg.Name: arg.Min}, map[string]any{arg.Name: arg.Max})
		}
	}
	return all
}

func performs(t *testing.T, place asset.Host, plan effect.StepPlan, given any, before ...effect.StepPlan) {
	t.Helper()
	day := time.Date(2021, 3, 1, 8, 0, 0, 123456789, time.UTC)
	lab := fake.Lab{Now: func() time.Time { day = day.Add(time.Millisecond); return day }}
	stage, err := runner.Verified(lab).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	for _, earlier := range before {
		_, err := stage.Perform(t.Context(), "earlier", earlier)
		require.NoError(t, err)
	}
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	assert.Empty(t, outcome.StandInErrors, "%v", given)
	assert.NotEmpty(t, outcome.Proofs)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%v: %+v", given, proof)
	}
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone, "%v", given)
}
