package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/scenarios"
)

// A plan is made at each validation, and in tests of hostile texts thousands of times:
// of the largest behaviour, and of all with their defaults.
func BenchmarkPlan(b *testing.B) {
	library := scenarios.Library()
	b.Run("reenact", func(b *testing.B) {
		reenact, ok := library.Behaviour("reenact")
		require.True(b, ok)
		kind, ok := library.Kind(reenact.Assets[0])
		require.True(b, ok)
		on := asset.Host{Kind: kind, Hostname: kind.Hostname}
		for b.Loop() {
			_, problems := reenact.Plan(on, nil)
			require.False(b, problems.HasErrors())
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			for _, behaviour := range library.Behaviours() {
				kind, ok := library.Kind(behaviour.Assets[0])
				require.True(b, ok)
				_, problems := behaviour.Plan(asset.Host{Kind: kind, Hostname: kind.Hostname}, nil)
				require.False(b, problems.HasErrors())
			}
		}
	})
}
