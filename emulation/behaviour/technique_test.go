package behaviour_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/behaviour"
)

// A library may be written for an older ATT&CK: its ids are read as what they became.
func TestTechniquesOfALibraryAreThoseOfTheCurrentVersion(t *testing.T) {
	t.Parallel()
	file, problems := behaviour.Parse("library.hcl", []byte(`
behaviour "old" {
  attack = ["T1070.001", "T1562.001", "T1562.006", "T1685.005"]
  hosts     = ["nowhere"]
  actors    = ["panda"]
  platform  = windows
  phase     = erasure
  summary   = "a"
  footprint = "b"
  undo      = "c"
  source    = "d"
}
behaviour "neither" {
  attack = ["T1685.055"]
  hosts     = ["nowhere"]
  actors    = ["panda"]
  platform  = windows
  phase     = erasure
  summary   = "a"
  footprint = "b"
  undo      = "c"
  source    = "d"
}
`))
	require.Empty(t, problems)
	_, problems = behaviour.Read(file)
	var told []string
	for _, problem := range problems {
		if line := problem.Subject.Start.Line; line == 3 || line == 14 {
			told = append(told, problem.Detail)
		}
	}
	const write = " Write that, or let `ringer fmt --attack 19` do it."
	assert.Equal(t, []string{
		"ATT&CK 19.0 has T1685.005 (Clear Windows Event Logs) in the place of T1070.001." + write,
		"ATT&CK 19.0 has T1685 (Disable or Modify Tools) in the place of T1562.001." + write,
		"ATT&CK 19.0 has T1685 (Disable or Modify Tools) in the place of T1562.006." + write,
		`ATT&CK 19.0 has no technique "T1685.055". Did you mean T1685.005 (Clear Windows Event Logs)?`,
	}, told)
}
