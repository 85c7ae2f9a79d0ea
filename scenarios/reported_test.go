package scenarios_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/detect"
)

// erasing are the techniques by which traces go, of those that ATT&CK files under
// defence evasion with much else.
func erasing(technique string) bool {
	return attack.Parent(technique) == "T1070" || technique == "T1562.002" // of attack.GroupVersion
}

// Whatever ATT&CK lists of the three groups under persistence and collection, and
// of erasing traces, is emulated in the library, or the library's page says why
// not.
func TestWhatAttackListsIsEmulatedOrSaidWhyNot(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	emulated := map[string]bool{}
	for _, p := range read(t, engine, ".") {
		for _, step := range p.Steps {
			for _, technique := range append(slices.Clone(step.Behaviour.Also), step.Technique, step.Behaviour.Technique) {
				emulated[step.Actor.Group+" "+technique] = true
			}
		}
	}
	page, err := os.ReadFile("README.md")
	require.NoError(t, err)
	pairs := 0
	for _, id := range []string{"G0093", "G0019", "G0027"} {
		group, ok := attack.FindGroup(id)
		require.True(t, ok)
		for _, name := range group.Techniques {
			technique, ok := attack.GroupVersion.Technique(name)
			require.True(t, ok, name)
			now, ok := attack.Current.Counterpart(name)
			require.True(t, ok, name)
			if !slices.Contains(technique.Tactics, "persistence") && !slices.Contains(technique.Tactics, "collection") && !erasing(name) {
				continue
			}
			pairs++
			row := fmt.Sprintf("| %s | %s |", id, now)
			assert.True(t, emulated[id+" "+now] != strings.Contains(string(page), row),
				"%s %s (%s): emulated is %t; the page has to say why if not, and only then", id, now, technique.Name, emulated[id+" "+now])
		}
	}
	assert.Equal(t, 31, pairs, "28 of persistence and collection and 3 of erasure in ATT&CK "+string(attack.GroupVersion))
}
