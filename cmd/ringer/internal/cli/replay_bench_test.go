package cli

import (
	"io"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkReplay judges a recorded run again, as the command does, but for the start
// of the process: of the shipped overlap campaign, or of the recording that
// RINGER_RECORDING names.
func BenchmarkReplay(b *testing.B) {
	name := shippedPrefix + "overlap"
	if other, ok := os.LookupEnv("RINGER_RECORDING"); ok {
		name = other
	}
	c := &command{State: &State{Env: func(string) string { return "" }, Stdout: io.Discard, Stderr: io.Discard, Now: time.Now}}
	for b.Loop() {
		require.NoError(b, c.replay(b.Context(), name, replayFlags{view: viewFlags{quiet: true}}))
	}
}
