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
	for _, b := range behaviour.All() {
		if b.Platform != effect.Windows {
			continue
		}
		given := choices(b)
		for _, arg := range b.Arguments {
			for _, value := range arg.OneOf {
				// What the packer leaves is there only after the packer.
				if arg.Type == "list(string)" && value != "packer" {
					given = append(given, map[string]any{arg.Name: []string{value}})
				}
			}
		}
		for _, given := range given {
			for _, name := range b.Assets {
				kind, ok := asset.Find(name)
				require.True(t, ok, "asset %s", name)
				t.Run(b.Name, func(t *testing.T) {
					t.Parallel()
					planner, err := b.With(given)
					require.NoError(t, err, "%v", given)
					place := asset.Host{Kind: kind, Hostname: kind.Hostname}
					performs(t, place, planner.Plan(place), given)
				})
			}
		}
	}
}
