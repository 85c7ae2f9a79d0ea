package wire_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/wire"
)

func frame(body string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
}

func messages() []wire.Message {
	return []wire.Message{
		{Hello: &wire.Hello{Version: wire.Version}},
		{Ping: &wire.Ping{}},
		{Perform: &wire.Perform{Step: "drop", Plan: effect.StepPlan{
			Processes: []effect.Process{{Image: `C:\a.exe`, Args: []string{"a.exe", "\x00\xff"}, Acts: []effect.Act{
				effect.Write{Path: `C:\b.txt`, Content: []byte{0, 1, 0xff}},
				effect.Run{Process: effect.Process{Image: `C:\c.exe`, Acts: []effect.Act{effect.Remove{Path: `C:\b.txt`}}}},
			}}},
			Checks: []effect.Check{effect.Gone{Path: `C:\b.txt`}},
		}}},
		{Observations: []event.Observation{{Seq: 1, At: time.Second, Kind: event.Exec, Path: "/asset/c/a.exe", Argv: []string{"a.exe"}}}},
		{Done: &wire.Done{Proofs: []effect.Proof{{Check: "b is gone", Before: "it is there"}}, Canary: true, ObservationCount: 1}},
		{Failure: &wire.Failure{Error: "no space left on device"}},
	}
}

func TestWhatIsSentIsReceived(t *testing.T) {
	t.Parallel()
	var line bytes.Buffer
	out := wire.NewConn(strings.NewReader(""), &line)
	for _, m := range messages() {
		require.NoError(t, out.Send(m))
	}
	in := wire.NewConn(iotest.OneByteReader(&line), io.Discard)
	for _, want := range messages() {
		got, err := in.Receive()
		require.NoError(t, err)
		// Bytes that are no UTF-8 come as U+FFFD; arguments are texts.
		if want.Perform != nil {
			want.Perform.Plan.Processes[0].Args[1] = "\x00\ufffd"
		}
		assert.Equal(t, want, got)
	}
	_, err := in.Receive()
	assert.Equal(t, io.EOF, err, "between frames the end is the end")
}

func TestWhatIsNoFrameIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		in   []byte
		want string
	}{
		{"a frame past the limit is not even read", binary.BigEndian.AppendUint32(nil, wire.MaxFrame+1), "frame too large"},
		{"half a length", []byte{0, 0}, "unexpected EOF"},
		{"half a body", frame("{}")[:5], "unexpected EOF"},
		{"no JSON", frame("{"), "decode message"},
		{"an act of no known kind", frame(`{"perform":{"plan":{"do":[{"acts":[{"kind":"shell","with":{"command":"id"}}]}]}}}`), `decode "shell": unknown kind`},
		{"a check of no known kind", frame(`{"perform":{"plan":{"prove":[{"kind":"eval"}]}}}`), `decode "eval": unknown kind`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := wire.NewConn(bytes.NewReader(test.in), io.Discard).Receive()
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func TestWhatIsTooLargeIsNotSent(t *testing.T) {
	t.Parallel()
	var line bytes.Buffer
	err := wire.NewConn(strings.NewReader(""), &line).Send(wire.Message{Failure: &wire.Failure{Error: strings.Repeat("x", wire.MaxFrame)}})
	assert.ErrorIs(t, err, wire.ErrTooLarge)
	assert.Zero(t, line.Len())
}

func TestSendReportsALineThatBroke(t *testing.T) {
	t.Parallel()
	reader, writer := io.Pipe()
	require.NoError(t, reader.CloseWithError(errors.New("gone")))
	assert.ErrorContains(t, wire.NewConn(strings.NewReader(""), writer).Send(messages()[0]), "gone")
}

// FuzzReceive: whatever comes is a message or an error, and what was a message
// is the same one after it was sent on.
func FuzzReceive(f *testing.F) {
	for _, m := range messages() {
		var line bytes.Buffer
		require.NoError(f, wire.NewConn(strings.NewReader(""), &line).Send(m))
		f.Add(line.Bytes()[4:])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := wire.NewConn(bytes.NewReader(frame(string(body))), io.Discard).Receive()
		if err != nil {
			return
		}
		var line bytes.Buffer
		require.NoError(t, wire.NewConn(strings.NewReader(""), &line).Send(got))
		sent := bytes.Clone(line.Bytes())
		again, err := wire.NewConn(&line, io.Discard).Receive()
		require.NoError(t, err)
		var second bytes.Buffer
		require.NoError(t, wire.NewConn(strings.NewReader(""), &second).Send(again))
		assert.Equal(t, sent, second.Bytes())
	})
}
