package labtest

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Planned returns a behaviour's plan for a host with the arguments given. Anything wrong
// with it fails the test.
func Planned(t testing.TB, b behaviour.Behaviour, on asset.Host, given map[string]any) effect.StepPlan {
	t.Helper()
	plan, problems := b.Plan(on, given)
	require.Empty(t, problems, "%s %v", b.Name, given)
	return plan
}

// PlannedDay is [Planned] for an ordinary day or one of its activities.
func PlannedDay(t testing.TB, day interface {
	Plan(on asset.Host) (effect.StepPlan, hcl.Diagnostics)
}, on asset.Host) effect.StepPlan {
	t.Helper()
	plan, problems := day.Plan(on)
	require.Empty(t, problems)
	return plan
}
