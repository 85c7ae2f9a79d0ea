package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// A command that holds signals back and looks at its input alone could not be
// left with Ctrl-C.
func TestSignalsAreHeldBackOnlyWhereSomethingIsToBeEnded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, args string
		want       bool
	}{
		{"run ends its assets", "run --lab fake --dry-run naikon", true},
		{"doctor ends its trial asset", "doctor", true},
		{"clean goes on to the next", "clean", true},
		{"validate starts nothing", "validate naikon", false},
		{"matching may wait for its input", "sigma match --rules ../../scenarios/rules -", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := false
			cli.Main(t.Context(), &cli.State{
				Args: strings.Fields(tt.args), Env: func(name string) string { return map[string]string{"DOCKER_HOST": "unix:///nonexistent.sock"}[name] },
				Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, Now: time.Now,
				Interruptible: func(ctx context.Context) context.Context { got = true; return ctx },
			})
			assert.Equal(t, tt.want, got)
		})
	}
}

// interruptedAt does what a signal does, once stderr says the word.
type interruptedAt struct {
	word string
	end  context.CancelFunc
}

func (i interruptedAt) Write(text []byte) (int, error) {
	if bytes.Contains(text, []byte(i.word)) {
		i.end()
	}
	return len(text), nil
}

func TestWhatAnInterruptedRunHadFinishedIsReported(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	junit := filepath.Join(t.TempDir(), "junit.xml")
	var stdout bytes.Buffer
	code := cli.Main(t.Context(), &cli.State{
		Args: strings.Fields("run --lab fake --parallel 1 --verbose --json --junit " + junit + " host_web host_exchange naikon"), Env: func(string) string { return "" },
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: interruptedAt{word: "host-exchange/", end: cancel}, Now: time.Now,
		Interruptible: func(context.Context) context.Context { return ctx },
	})
	assert.Equal(t, 130, code)
	var run result.Run
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &run))
	assert.Equal(t, []string{"host-exchange", "naikon"}, run.Interrupted)
	assert.Equal(t, verdict.Errored, run.Summary.Worst)
	require.Len(t, run.Scenarios, 1)
	assert.Equal(t, "host-web", run.Scenarios[0].Name)
	assert.NotEmpty(t, run.Scenarios[0].Steps[0].Expectations)
	text, err := os.ReadFile(junit)
	require.NoError(t, err)
	assert.Contains(t, string(text), `<testsuite name="naikon" tests="1" failures="0" errors="1"`)
}
