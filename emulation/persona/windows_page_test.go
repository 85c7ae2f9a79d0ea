package persona_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/persona"
)

func TestThePageSpeaksOfEveryCategory(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("WINDOWS.md")
	require.NoError(t, err)
	for _, source := range persona.Channels(effect.Windows) {
		if source.Category != "" {
			assert.Contains(t, string(page), source.Category)
		}
	}
}
