package evasion_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// A rule is evaded only by what had its effect.
func TestEveryMutatedBehaviourIsStillProvenAndUndone(t *testing.T) {
	t.Parallel()
	applied := map[string]int{}
	for _, b := range scenarios.Library().Behaviours() {
		for _, name := range b.Assets {
			kind, _ := scenarios.Library().Kind(name)
			place := asset.Host{Kind: kind, Hostname: kind.Hostname}
			for _, mutation := range evasion.All() {
				mutated := mutation.Apply([]effect.StepPlan{labtest.Planned(t, b, place, nil)}, kind.Platform)[0]
				if reflect.DeepEqual(labtest.Planned(t, b, place, nil), mutated) {
					continue
				}
				applied[mutation.Name]++
				t.Run(b.Name+" on "+name+" "+mutation.Name, func(t *testing.T) {
					t.Parallel()
					performs(t, place, mutated)
				})
			}
		}
	}
	for _, mutation := range evasion.All() {
		assert.NotZero(t, applied[mutation.Name], "%s applies to some behaviour", mutation.Name)
	}
}

func TestThePlanThatIsMutatedStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		kind, _ := scenarios.Library().Kind(b.Assets[0])
		place := asset.Host{Kind: kind, Hostname: kind.Hostname}
		plan := labtest.Planned(t, b, place, nil)
		for _, mutation := range evasion.All() {
			mutation.Apply([]effect.StepPlan{plan}, kind.Platform)
			assert.Equal(t, labtest.Planned(t, b, place, nil), plan, "%s %s", b.Name, mutation.Name)
		}
	}
}

func performs(t *testing.T, place asset.Host, plan effect.StepPlan) {
	t.Helper()
	day := time.Date(2021, 3, 1, 8, 0, 0, 123456789, time.UTC)
	lab := fake.Lab{Now: func() time.Time { day = day.Add(time.Millisecond); return day }}
	stage, err := runner.Verified(lab).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	assert.Empty(t, outcome.StandInErrors)
	assert.NotEmpty(t, outcome.Proofs)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%+v", proof)
	}
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{}, undone)
}
