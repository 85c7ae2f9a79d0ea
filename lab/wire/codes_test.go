package wire_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/lab/wire"
)

// line is one direction between an agent and a runner.
type line struct{ bytes.Buffer }

// greeted are both ends of a conversation that has a key.
func greeted(t *testing.T) (agent, runner *wire.Conn, toRunner, toAgent *line) {
	t.Helper()
	toRunner, toAgent = &line{}, &line{}
	agent, runner = wire.NewConn(toAgent, toRunner), wire.NewConn(toRunner, toAgent)
	require.NoError(t, agent.Send(wire.Message{Hello: &wire.Hello{Version: wire.Version, Key: bytes.Repeat([]byte{7}, wire.KeySize)}}))
	_, err := runner.Receive()
	require.NoError(t, err)
	return agent, runner, toRunner, toAgent
}

func TestWhoHasTheKeyIsUnderstood(t *testing.T) {
	t.Parallel()
	agent, runner, _, _ := greeted(t)
	for range 3 {
		require.NoError(t, runner.Send(wire.Message{Undo: &wire.Undo{}}))
		require.NoError(t, runner.Send(wire.Message{Ping: &wire.Ping{}}))
		asked, err := agent.Receive()
		require.NoError(t, err)
		assert.NotNil(t, asked.Undo)
		_, err = agent.Receive()
		require.NoError(t, err)
		require.NoError(t, agent.Send(wire.Message{Undone: &wire.Undone{}}))
		answer, err := runner.Receive()
		require.NoError(t, err)
		assert.NotNil(t, answer.Undone)
	}
}

func TestAForgedFrameIsNoAnswer(t *testing.T) {
	t.Parallel()
	done := frame(`{"done":{"proofs":[{"check":"c","before":"absent"}],"canary":true}}`)
	for name, forge := range map[string]func(agent, runner *wire.Conn, toRunner, toAgent *line){
		"without a code": func(_, _ *wire.Conn, toRunner, _ *line) {
			toRunner.Write(append(done, make([]byte, 64)...))
		},
		"with another key": func(_, _ *wire.Conn, toRunner, _ *line) {
			var theirs bytes.Buffer
			other := wire.NewConn(strings.NewReader(""), &theirs)
			_ = other.Send(wire.Message{Hello: &wire.Hello{Key: make([]byte, wire.KeySize)}})
			theirs.Reset()
			_ = other.Send(wire.Message{Done: &wire.Done{Canary: true}})
			toRunner.Write(theirs.Bytes())
		},
		"with a key of its own": func(_, _ *wire.Conn, toRunner, _ *line) {
			_ = wire.NewConn(strings.NewReader(""), toRunner).Send(wire.Message{Hello: &wire.Hello{Key: make([]byte, wire.KeySize)}})
			toRunner.Write(make([]byte, 64))
		},
		"that is altered": func(agent, _ *wire.Conn, toRunner, _ *line) {
			_ = agent.Send(wire.Message{Undone: &wire.Undone{}})
			before := bytes.Clone(toRunner.Bytes())
			toRunner.Reset()
			toRunner.Write(before[:len(before)-1])
			toRunner.WriteByte(before[len(before)-1] ^ 1)
		},
		"what the runner said": func(_, runner *wire.Conn, toRunner, toAgent *line) {
			_ = runner.Send(wire.Message{Undo: &wire.Undo{}})
			toRunner.Write(toAgent.Bytes())
		},
		"between two of the agent's": func(agent, _ *wire.Conn, toRunner, _ *line) {
			toRunner.Write(done[:len(done)-2])
			_ = agent.Send(wire.Message{Undone: &wire.Undone{}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			agent, runner, toRunner, toAgent := greeted(t)
			forge(agent, runner, toRunner, toAgent)
			got, err := runner.Receive()
			require.ErrorIs(t, err, wire.ErrForged)
			assert.Equal(t, wire.Message{}, got)
		})
	}
}

func TestAFrameThatIsTakenOutIsMissed(t *testing.T) {
	t.Parallel()
	agent, runner, toRunner, _ := greeted(t)
	require.NoError(t, agent.Send(wire.Message{Undone: &wire.Undone{Left: []string{"/page"}}}))
	toRunner.Reset()
	require.NoError(t, agent.Send(wire.Message{Undone: &wire.Undone{}}))
	_, err := runner.Receive()
	assert.ErrorIs(t, err, wire.ErrForged)
}

func TestHowMuchCameIsCounted(t *testing.T) {
	t.Parallel()
	in := wire.NewConn(bytes.NewReader(frame("{}")), io.Discard)
	_, err := in.Receive()
	require.NoError(t, err)
	assert.Positive(t, in.Received())
}
