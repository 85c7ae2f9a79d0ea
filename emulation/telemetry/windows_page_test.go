package telemetry_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

func TestThePageSpeaksOfEveryCategory(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("WINDOWS.md")
	require.NoError(t, err)
	for _, source := range telemetry.Channels(effect.Windows) {
		if source.Category != "" {
			assert.Contains(t, string(page), source.Category)
		}
	}
}
