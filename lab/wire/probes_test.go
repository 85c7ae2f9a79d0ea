package wire

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An agent is believed as far as it answers what it was asked, and no further.
func TestContainmentIsEveryProbeAndNoOther(t *testing.T) {
	t.Parallel()
	all := make([]Attempt, len(probes))
	for i, probe := range probes {
		all[i] = Attempt{Attempt: probe, Refused: true, Response: "permission denied"}
	}
	require.NoError(t, CheckContainment(all))
	made := Attempt{Attempt: "leave", Refused: true}
	require.EqualError(t, CheckContainment([]Attempt{made}), "check isolation: the agent must try to "+probes[0]+", but tried to leave")
	require.Error(t, CheckContainment(nil))
	require.EqualError(t, CheckContainment(append(slices.Clone(all), made)), "check isolation: the agent tried something unknown: leave")
	for i, probe := range probes {
		assert.Error(t, CheckContainment(slices.Delete(slices.Clone(all), i, i+1)), "%s left out", probe)
		assert.Error(t, CheckContainment(slices.Insert(slices.Clone(all), i, all[i])), "%s twice", probe)
		through := slices.Clone(all)
		through[i].Refused = false
		assert.ErrorContains(t, CheckContainment(through), "to "+probe+" was not refused", "%s not refused", probe)
	}
}
