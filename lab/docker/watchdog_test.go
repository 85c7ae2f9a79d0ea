package docker

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/runner"
)

func TestAWatchdogCleansUpUnlessItIsStopped(t *testing.T) {
	t.Parallel()
	nowhere := func(name string) string { return map[string]string{"DOCKER_HOST": "unix:///nonexistent.sock"}[name] }
	cases := []struct {
		name, word string
		works      bool
	}{
		{"stopped by a runner that has cleaned up", stopWord, false},
		{"left by a runner that was killed", "", true},
		{"left by someone who speaks otherwise", "!", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := WatchdogMain(t.Context(), strings.NewReader(c.word), "0123456789abcdef", nowhere)
			if !c.works {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, runner.ErrNoLab, "it looked for the engine")
		})
	}
}

func TestALabWithoutItsWatchdogIsNone(t *testing.T) {
	t.Parallel()
	_, err := startWatchdog(filepath.Join(t.TempDir(), "missing"), "lease")
	assert.ErrorContains(t, err, "start watchdog: ")
}
