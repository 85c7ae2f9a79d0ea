package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMatchingHasABarOnlyWhereATerminalCanGoBack(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "events.jsonl")
	require.NoError(t, os.WriteFile(file, []byte("{}"), 0o600))
	for terminal, bar := range map[string]bool{"dumb": false, "xterm": true} {
		var said bytes.Buffer
		m := matcher{command: &command{State: &State{Stderr: &said, StderrWidth: 80, Env: func(string) string { return terminal }}}}
		_, done, err := m.open(file)
		require.NoError(t, err)
		assert.Equal(t, bar, m.notes != m.Stderr, terminal)
		done()
	}
}
