package evasion_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
)

// A rule is evaded only by what had its effect.
func TestEveryMutatedBehaviourIsStillProvenAndUndone(t *testing.T) {
	t.Parallel()
	applied := map[string]int{}
	for _, b := range behaviour.All() {
		planner, err := b.With(nil)
		require.NoError(t, err)
		for _, name := range b.Assets {
			kind, _ := asset.Find(name)
			place := asset.Host{Kind: kind, Hostname: kind.Hostname}
			for _, mutation := range evasion.All() {
				mutated := mutation.Apply([]effect.StepPlan{planner.Plan(place)}, kind.Platform)[0]
				if reflect.DeepEqual(planner.Plan(place), mutated) {
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
	for _, b := range behaviour.All() {
		planner, err := b.With(nil)
		require.NoError(t, err)
		kind, _ := asset.Find(b.Assets[0])
		place := asset.Host{Kind: kind, Hostname: kind.Hostname}
		plan := planner.Plan(place)
		for _, mutation := range evasion.All() {
			mutation.Apply([]effect.StepPlan{plan}, kind.Platform)
			assert.Equal(t, planner.Plan(place), plan, "%s %s", b.Name, mutation.Name)
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
