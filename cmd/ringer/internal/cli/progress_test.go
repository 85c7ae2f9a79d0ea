package cli

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

func TestATerminalThatCannotGoBackHasNoBars(t *testing.T) {
	t.Parallel()
	for terminal, bars := range map[string]bool{"dumb": false, "xterm": true} {
		c := &command{State: &State{Stderr: &bytes.Buffer{}, StderrWidth: 80, Env: func(name string) string {
			return map[string]string{"TERM": terminal}[name]
		}}}
		p := c.newProgress(t.Context(), []*plan.Plan{{}})
		assert.Equal(t, bars, p.bars != nil, terminal)
		p.end()
	}
}

func TestWhatAnInterruptionBreaksIsNotSaidToBeBroken(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	ctx, cancel := context.WithCancel(t.Context())
	c := &command{State: &State{Stderr: &said}}
	p := c.newProgress(ctx, nil)
	broken := runner.Progress{Scenario: "mail", Asset: "mail", Step: "drop", Phase: runner.Performed, Err: errors.New("no such container")}
	p.observe(broken)
	cancel()
	p.observe(broken)
	assert.Equal(t, "mail/mail: drop failed: no such container\nmail/mail: drop interrupted\n", said.String())
}
