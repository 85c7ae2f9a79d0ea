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
		all[i] = Attempt{Tried: probe, Refused: true, Answer: "permission denied"}
	}
	require.NoError(t, Contained(all))
	made := Attempt{Tried: "leave", Refused: true}
	require.EqualError(t, Contained([]Attempt{made}), "attest containment: the agent must try to "+probes[0]+", and tried to leave")
	require.Error(t, Contained(nil))
	require.EqualError(t, Contained(append(slices.Clone(all), made)), "attest containment: the agent tried what it was not asked to: leave")
	for i, probe := range probes {
		assert.Error(t, Contained(slices.Delete(slices.Clone(all), i, i+1)), "%s left out", probe)
		assert.Error(t, Contained(slices.Insert(slices.Clone(all), i, all[i])), "%s twice", probe)
		through := slices.Clone(all)
		through[i].Refused = false
		assert.ErrorContains(t, Contained(through), "to "+probe+" was not refused", "%s not refused", probe)
	}
}
