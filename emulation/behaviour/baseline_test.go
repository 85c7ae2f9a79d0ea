package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// False alarms are found only where a day is as full as a real one.
func TestEveryDayHasFifteenKindsOfActivityEachProvenByItself(t *testing.T) {
	t.Parallel()
	for _, baseline := range scenarios.Library().Baselines() {
		for _, name := range baseline.Assets {
			kind, ok := scenarios.Library().Kind(name)
			require.True(t, ok, "asset %s", name)
			place := asset.Host{Kind: kind, Hostname: kind.Hostname}
			kinds := map[string]bool{}
			for _, activity := range baseline.Activities[name] {
				assert.False(t, kinds[activity.Name], "%s on %s: two activities are named %s", baseline.Name, name, activity.Name)
				kinds[activity.Name] = true
				assert.NotEmpty(t, activity.Summary, activity.Name)
				t.Run(baseline.Name+" on "+name+": "+activity.Name, func(t *testing.T) {
					t.Parallel()
					performs(t, place, labtest.PlannedDay(t, activity, place), nil)
				})
			}
			assert.GreaterOrEqual(t, len(kinds), 15, "%s on %s", baseline.Name, name)
		}
	}
}
