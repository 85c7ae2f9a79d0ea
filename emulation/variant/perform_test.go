package variant_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/variant"
	"github.com/ringer-lab/ringer/lab/fake"
)

// A rule is evaded only by what had its effect.
func TestEveryBehaviourAlteredIsStillProvenAndUndone(t *testing.T) {
	t.Parallel()
	applied := map[string]int{}
	for _, one := range behaviour.All() {
		planner, err := one.With(nil)
		require.NoError(t, err)
		for _, name := range one.Assets {
			kind, _ := asset.Find(name)
			place := asset.Place{Kind: kind, Hostname: kind.Hostname}
			for _, alteration := range variant.All() {
				altered := alteration.Alter([]effect.Plan{planner.Plan(place)}, kind.Persona)[0]
				if reflect.DeepEqual(planner.Plan(place), altered) {
					continue
				}
				applied[alteration.Name]++
				t.Run(one.Name+" on "+name+" "+alteration.Name, func(t *testing.T) {
					t.Parallel()
					performs(t, place, altered)
				})
			}
		}
	}
	for _, alteration := range variant.All() {
		assert.NotZero(t, applied[alteration.Name], "%s applies to some behaviour", alteration.Name)
	}
}

func TestThePlanThatIsAlteredStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, one := range behaviour.All() {
		planner, err := one.With(nil)
		require.NoError(t, err)
		kind, _ := asset.Find(one.Assets[0])
		place := asset.Place{Kind: kind, Hostname: kind.Hostname}
		plan := planner.Plan(place)
		for _, alteration := range variant.All() {
			alteration.Alter([]effect.Plan{plan}, kind.Persona)
			assert.Equal(t, planner.Plan(place), plan, "%s %s", one.Name, alteration.Name)
		}
	}
}

func performs(t *testing.T, place asset.Place, plan effect.Plan) {
	t.Helper()
	day := time.Date(2021, 3, 1, 8, 0, 0, 123456789, time.UTC)
	lab := fake.Lab{Now: func() time.Time { day = day.Add(time.Millisecond); return day }}
	stage, err := runner.Verified(lab).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.NoError(t, outcome.Complete())
	assert.Empty(t, outcome.Trouble)
	assert.NotEmpty(t, outcome.Proofs)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%+v", proof)
	}
	undone, err := stage.Undo(t.Context())
	require.NoError(t, err)
	assert.Equal(t, runner.Undone{}, undone)
}
