package navigator

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/report/evidence"
)

func TestAnIDIsTheOneOfTheVersion(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, id string
		to       Version
		want     string
	}{
		{"unchanged in v19", "T1505.003", V19, "T1505.003"},
		{"replaced in v19", "T1562.002", V19, "T1685.001"},
		{"revoked before v18, and replaced since", "T1070.001", V19, "T1685.005"},
		{"in force in v18", "T1070.001", V18, "T1070.001"},
		{"revoked before v18", "T1004", V18, "T1547.004"},
		{"of v19, with one predecessor", "T1685.005", V18, "T1070.001"},
		{"of v19, with several predecessors", "T1685", V18, ""},
		{"of v19, without a predecessor", "T1682", V18, ""},
		{"deprecated", "T1034", V18, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, ok := idIn(test.id, test.to)
			assert.Equal(t, test.want, got)
			assert.Equal(t, test.want != "", ok)
		})
	}
}

func TestDefenseEvasionIsSplitInV19(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"stealth"}, tacticsOf("T1070.004", []string{"defense-evasion"}, V19))
	assert.Equal(t, []string{"defense-impairment"}, tacticsOf("T1685.001", []string{"defense-evasion"}, V19))
	assert.Equal(t, []string{"execution", "stealth"}, tacticsOf("T1574.001", []string{"persistence", "privilege-escalation", "defense-evasion"}, V19))
	assert.Equal(t, []string{"defense-evasion"}, tacticsOf("T1070.004", nil, V18))
}

func TestTechniquesThatAVersionHasAsOneArePutTogether(t *testing.T) {
	t.Parallel()
	known, unknown := translate([]evidence.Technique{
		{ID: "T1562.001", Steps: []string{"a"}, Performed: []string{"a"}, Expected: 1, Detected: 1, State: evidence.TechniqueDetected},
		{ID: "T1562.006", Steps: []string{"b"}, Performed: []string{"b"}, Expected: 1, State: evidence.TechniqueMissed},
		{ID: "T1034"},
	}, V19)
	require.Len(t, known, 1)
	assert.Equal(t, "T1685", known[0].ID)
	assert.Equal(t, []string{"a", "b"}, known[0].Performed)
	assert.Equal(t, evidence.TechniquePartly, known[0].State)
	assert.Equal(t, []string{"T1034"}, unknown)
}
