package scenarios_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// beforeV19 has the ids and versions of the library as it was written for ATT&CK 18.1.
var beforeV19 = strings.NewReplacer(
	`= "19.0"`, `= "18.1"`, `"T1685.001"`, `"T1562.002"`, `"T1685.004"`, `"T1562.012"`, `"T1685.005"`, `"T1070.001"`, `"T1685.006"`, `"T1070.002"`, `"T1685"`, `"T1562.001"`,
)

func TestTheLibraryOfV18IsRewrittenToThatOfV19(t *testing.T) {
	t.Parallel()
	changed := 0
	for folder, in := range map[string]fs.FS{"scenarios": scenarios.FS, "library": scenarios.LibraryFS} {
		err := fs.WalkDir(in, ".", func(name string, _ fs.DirEntry, err error) error {
			if err != nil || path.Ext(name) != ".hcl" {
				return err
			}
			text, err := fs.ReadFile(in, name)
			require.NoError(t, err)
			before := beforeV19.Replace(string(text))
			if before != string(text) {
				changed++
			}
			spoken, problems := scenario.Speak(name, []byte(before), attack.V19)
			assert.Empty(t, problems, name)
			formatted, problems := scenario.Format(name, spoken)
			require.Empty(t, problems, name)
			assert.Equal(t, string(text), string(formatted), name)
			return nil
		})
		require.NoError(t, err, folder)
	}
	assert.Equal(t, 24, changed, "20 scenarios and 4 behaviours")
}
