package manifest_test

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/farm/manifest"
)

var update = flag.Bool("update", false, "write the manifests anew")

// The manifests are those that the module beside this package holds to the types of
// Kubernetes and Nomad.
func TestManifestsAreAsTheyWereCompared(t *testing.T) {
	t.Parallel()
	workers := manifest.Workers{Number: 3, Image: "example.org/ringer:1", Server: "farm.example:4747"}
	for file, write := range map[string]func(manifest.Workers) ([]byte, error){"testdata/kubernetes.yaml": manifest.Kubernetes, "testdata/nomad.json": manifest.Nomad} {
		text, err := write(workers)
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(file, text, 0o644))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(text), "go test ./emulation/farm/manifest -update")
	}
}

// What is given is a value and nothing else, whatever it looks like.
func TestAValueStaysAValue(t *testing.T) {
	t.Parallel()
	text, err := manifest.Kubernetes(manifest.Workers{Number: 1, Image: "a\nkind: Pod", Server: "b: {c}"})
	require.NoError(t, err)
	assert.NotContains(t, string(text), "\nkind: Pod")
}
