package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

func TestEveryChoiceOfAWindowsBehaviourIsProvenAndUndone(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
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
				kind, ok := scenarios.Library().Kind(name)
				require.True(t, ok, "asset %s", name)
				t.Run(b.Name, func(t *testing.T) {
					t.Parallel()
					place := asset.Host{Kind: kind, Hostname: kind.Hostname}
					performs(t, place, labtest.Planned(t, b, place, given), given)
				})
			}
		}
	}
}
