package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
)

// What is left on a host follows from what really happened there, so it is asked
// for in true containers.
func TestLiveCompareTellsCarriersApart(t *testing.T) {
	t.Parallel()
	out := ringer(t, "compare", "--json", "overlap")
	require.Equal(t, 0, out.code, out.stderr.String())
	var all compare.Comparison
	require.NoError(t, json.Unmarshal(out.stdout.Bytes(), &all))
	require.Len(t, all.Scenarios, 1)
	got := all.Scenarios[0]
	require.Len(t, got.Profiles, 5)
	assert.Equal(t, got.Profiles[0].Expected, got.Profiles[0].Detected)
	for _, profile := range got.Profiles[1:] {
		assert.Less(t, profile.Detected, profile.Expected, profile.Name)
	}
	assert.NotEmpty(t, got.Costliest)
	erased := map[string]bool{}
	for _, step := range got.Remaining {
		full := step.ByProfile[0]
		if full.Host.State == compare.NotAsked && full.Forwarded.State == compare.Detected {
			erased[step.Step] = true
		}
	}
	assert.Equal(t, map[string]bool{"monitor_account": true, "short_task": true, "swept": true, "first_year": true, "mailbox": true}, erased)
	assert.Empty(t, containers(t, out.pid))
}
