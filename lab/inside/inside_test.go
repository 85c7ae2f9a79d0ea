package inside_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/image"
	"github.com/ringer-lab/ringer/lab/inside"
)

func TestAProgramThatWasNotBuiltSaysHowToBuildIt(t *testing.T) {
	t.Parallel()
	_, err := inside.Program("sparc64")
	require.ErrorIs(t, err, inside.ErrNotBuilt)
	assert.ErrorContains(t, err, "make build")
}

// maxImage is the most that an asset's image may have, in bytes.
const maxImage = 8 << 20

func TestAnAssetsImageIsSmallAndForItsProcessor(t *testing.T) {
	t.Parallel()
	for _, architecture := range inside.Architectures {
		t.Run(architecture, func(t *testing.T) {
			t.Parallel()
			program, err := inside.Program(architecture)
			if err != nil {
				t.Skip(err)
			}
			made, err := image.FromBinary(program, "1.0")
			require.NoError(t, err)
			assert.Equal(t, architecture, made.Arch)
			size := &counter{}
			_, err = made.WriteTo(size)
			require.NoError(t, err)
			assert.Less(t, size.bytes, maxImage)
			t.Logf("%.1f MiB", float64(size.bytes)/(1<<20))
		})
	}
}

type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}
