package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

func TestEveryChoiceOfAWindowsBehaviourIsProvenAndUndone(t *testing.T) {
	t.Parallel()
	for _, one := range behaviour.All() {
		if one.Persona != effect.Windows {
			continue
		}
		given := choices(one)
		for _, arg := range one.Arguments {
			for _, value := range arg.OneOf {
				// What the packer leaves is there only after the packer.
				if arg.Type == "list(string)" && value != "packer" {
					given = append(given, map[string]any{arg.Name: []string{value}})
				}
			}
		}
		for _, given := range given {
			for _, name := range one.Assets {
				kind, ok := asset.Find(name)
				require.True(t, ok, "asset %s", name)
				t.Run(one.Name, func(t *testing.T) {
					t.Parallel()
					planner, err := one.With(given)
					require.NoError(t, err, "%v", given)
					place := asset.Place{Kind: kind, Hostname: kind.Hostname}
					performs(t, place, planner.Plan(place), given)
				})
			}
		}
	}
}
