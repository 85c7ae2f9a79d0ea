package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMatchingShowsHowMuchOfAFileIsRead(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "events.jsonl")
	require.NoError(t, os.WriteFile(file, bytes.Repeat([]byte("{}"), 500), 0o600))
	terminal := newScreen(200, 24)
	m := intake{command: &command{State: &State{Stderr: &rows{out: terminal, size: terminal.size}, StderrSize: terminal.size, Env: noEnvironment}}}
	in, _, done, err := m.open(file)
	require.NoError(t, err)
	_, err = io.CopyN(io.Discard, in, 250)
	require.NoError(t, err)
	assert.Eventually(t, func() bool { return assert.ObjectsAreEqual([]string{"  " + file + "  25 %"}, terminal.text()) }, 5*time.Second, 10*time.Millisecond)
	done()
	assert.Empty(t, terminal.text())
}
