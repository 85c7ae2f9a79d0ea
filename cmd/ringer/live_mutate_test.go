package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/mutate"
)

// In true containers verdicts are green, and so a mutant's are worth something.
func TestLiveMutantsAreKilledByWhatTrulyHappened(t *testing.T) {
	t.Parallel()
	out := ringer(t, "mutate", "--json", "naikon")
	require.Equal(t, 0, out.code, out.stderr.String())
	var measured mutate.Measurement
	require.NoError(t, json.Unmarshal(out.stdout.Bytes(), &measured))
	assert.Equal(t, "docker", measured.Lab)
	assert.Zero(t, measured.Summary.Unscored)
	assert.Positive(t, measured.Summary.Killed)
	assert.Positive(t, measured.Summary.Rules)
	assert.NotEmpty(t, measured.Unexpected, "the scenario expects something of some of the rules")
	assert.Empty(t, containers(t, out.pid))
}
