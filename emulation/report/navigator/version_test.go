package navigator

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

func TestTechniquesThatAVersionHasAsOneArePutTogether(t *testing.T) {
	t.Parallel()
	known, unknown := translate([]evidence.Technique{
		{ID: "T1562.001", Steps: []string{"a"}, Performed: []string{"a"}, Expected: 1, Detected: 1, State: evidence.TechniqueDetected},
		{ID: "T1562.006", Steps: []string{"b"}, Performed: []string{"b"}, Expected: 1, State: evidence.TechniqueMissed},
		{ID: "T1034"},
	}, attack.V19)
	require.Len(t, known, 1)
	assert.Equal(t, "T1685", known[0].ID)
	assert.Equal(t, []string{"a", "b"}, known[0].Performed)
	assert.Equal(t, evidence.TechniquePartly, known[0].State)
	assert.Equal(t, []string{"T1034"}, unknown)
}
