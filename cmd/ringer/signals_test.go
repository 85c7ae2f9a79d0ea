package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
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
