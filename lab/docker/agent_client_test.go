package docker

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/wire"
)

// agent plays the other side: it answers each message but pings with the
// answers it has for it, in turn, and then hangs up.
type agent struct {
	t      *testing.T
	conn   *wire.Conn
	hangUp func()
	// asked are the messages it got.
	asked []wire.Message
	pings int
}

// play starts a conversation with an agent whose part runs in the background.
// The conversation is closed when the test ends.
func play(t *testing.T, part func(*agent)) *agentClient {
	t.Helper()
	fromAgent, agentOut := io.Pipe()
	agentIn, toAgent := io.Pipe()
	hangUp := func() {
		_ = fromAgent.Close()
		_ = toAgent.Close()
	}
	played := make(chan struct{})
	go func() {
		defer close(played)
		a := &agent{t: t, conn: wire.NewConn(agentIn, agentOut), hangUp: func() { _ = agentOut.Close(); _ = agentIn.Close() }}
		defer a.hangUp()
		part(a)
	}()
	c := newAgentClient(fromAgent, toAgent, hangUp)
	t.Cleanup(func() {
		c.close()
		<-played
	})
	return c
}

// hear waits for the next message that is no ping; ok is false when the runner
// has hung up.
func (a *agent) hear() (m wire.Message, ok bool) {
	for {
		m, err := a.conn.Receive()
		if err != nil {
			return m, false
		}
		if m.Ping == nil {
			a.asked = append(a.asked, m)
			return m, true
		}
		a.pings++
	}
}

func (a *agent) say(answers ...wire.Message) {
	for _, m := range answers {
		_ = a.conn.Send(m) // the runner may have hung up
	}
}

// answering is an agent that answers one question and then waits for the end.
func answering(answers ...wire.Message) func(*agent) {
	return func(a *agent) {
		if _, ok := a.hear(); ok {
			a.say(answers...)
			a.hear()
		}
	}
}

var (
	refused = wire.Attempt{Attempt: "write /x", Refused: true, Response: "read-only file system"}
	seen    = func(seq uint64) event.Observation { return event.Observation{Seq: seq, Kind: event.Create} }
	proof   = effect.Proof{Check: "c", Before: "absent"}
)

func TestGreeting(t *testing.T) {
	t.Parallel()
	key := make([]byte, wire.KeySize)
	cases := []struct {
		name string
		says wire.Message
		want string
	}{
		{"the same binary is welcome", wire.Message{Hello: &wire.Hello{Version: wire.Version, Program: "0a0a0a0a0a0a0a", Key: key}}, ""},
		{"another version is an embedded program that is", wire.Message{Hello: &wire.Hello{Version: 99}}, "the agent speaks version 99, expected 4: the programs embedded in ringer are older or newer than it; build ringer again with `make build`"},
		{"another program is not this build's", wire.Message{Hello: &wire.Hello{Version: wire.Version, Program: "0b0b0b0b0b0b0b", Key: key}}, "the agent must be the program of this ringer (SHA-256 0a0a0a0a0a0a…), but is another (0b0b0b0b0b0b…): its image was changed; remove it with `ringer clean`"},
		{"no key is nobody's", wire.Message{Hello: &wire.Hello{Version: wire.Version, Program: "0a0a0a0a0a0a0a"}}, "the agent gave a key of 0 bytes, expected 32"},
		{"anything else is out of turn", wire.Message{Undone: &wire.Undone{}}, "unexpected message from the agent: expected hello"},
		{"a failure is reported", wire.Message{Failure: &wire.Failure{Error: "not in an asset"}}, "agent: not in an asset"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			talk := play(t, func(a *agent) {
				a.say(c.says)
				a.hear()
			})
			err := talk.handshake(t.Context(), "0a0a0a0a0a0a0a")
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, c.want)
		})
	}
}

func TestProvisioningEndsWithIsolationVerified(t *testing.T) {
	t.Parallel()
	kind := asset.Kind{Platform: effect.Windows, Files: []asset.File{{Path: `C:\x`, Content: []byte("x")}}}
	mail := runner.Asset{Name: "mail", Place: asset.Host{Kind: kind, Hostname: "MAIL01"}, Protected: []string{`C:\inetpub`}}
	ready := func(attempts ...wire.Attempt) wire.Message {
		return wire.Message{Ready: &wire.Ready{Attempts: attempts}}
	}
	var all []wire.Attempt
	for _, probe := range wire.Probes() {
		all = append(all, wire.Attempt{Attempt: probe, Refused: true, Response: "permission denied"})
	}
	through := slices.Clone(all)
	through[1].Refused, through[1].Response = false, "there is one"
	cases := []struct {
		name string
		says wire.Message
		want string
	}{
		{"all refused", ready(all...), ""},
		{"one not refused", ready(through...), "check isolation: the attempt to find a route was not refused: there is one"},
		{"nothing tried", ready(), "check isolation: the agent did not try to find a network interface other than loopback"},
		{"one that is made up", ready(refused), "check isolation: the agent must try to find a network interface other than loopback, but tried to write /x"},
		{"one left out", ready(slices.Delete(slices.Clone(all), 1, 2)...), "check isolation: the agent must try to find a route, but tried to reach the outside (connect a datagram socket to 192.0.2.1)"},
		{"one more", ready(append(slices.Clone(all), refused)...), "check isolation: the agent tried something unknown: write /x"},
		{"out of turn", wire.Message{Done: &wire.Done{}}, "unexpected message from the agent: expected ready"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			asked := make(chan wire.Message, 1)
			talk := play(t, func(a *agent) {
				answering(c.says)(a)
				asked <- a.asked[0]
			})
			attempts, err := talk.provision(t.Context(), mail, nil)
			if c.want != "" {
				require.EqualError(t, err, c.want)
				return
			}
			require.NoError(t, err)
			assert.Len(t, attempts, len(wire.Probes()))
			assert.Equal(t, runner.IsolationCheck{Attempt: wire.Probes()[0], Refused: true, Response: "permission denied"}, attempts[0])
			talk.close()
			assert.Equal(t, wire.Message{Provision: &wire.Provision{
				Platform: effect.Windows, Hostname: "MAIL01", Files: kind.Files, Protected: mail.Protected,
			}}, <-asked)
		})
	}
}

func TestAPerformanceCollectsWhatIsSeen(t *testing.T) {
	t.Parallel()
	talk := play(t, answering(
		wire.Message{Observations: []event.Observation{seen(1), seen(2)}},
		wire.Message{Observations: []event.Observation{seen(3)}},
		wire.Message{Done: &wire.Done{Proofs: []effect.Proof{proof}, Errors: []string{"refused"}, Canary: true, ObservationCount: 3, Dropped: 1}},
	))
	outcome, err := talk.perform(t.Context(), "drop", effect.StepPlan{})
	require.NoError(t, err)
	assert.Equal(t, runner.Outcome{
		Proofs: []effect.Proof{proof}, StandInErrors: []string{"refused"}, Canary: true, Seen: 3, Dropped: 1,
		Observations: []event.Observation{seen(1), seen(2), seen(3)},
	}, outcome)
}

func TestUndoTellsWhatIsLeft(t *testing.T) {
	t.Parallel()
	talk := play(t, answering(wire.Message{Undone: &wire.Undone{Left: []string{"/asset/c/x"}}}))
	undone, err := talk.undo(t.Context(), false)
	require.NoError(t, err)
	assert.Equal(t, runner.UndoResult{Leftover: []string{"/asset/c/x"}}, undone)
}

func TestAPerformanceBreaks(t *testing.T) {
	t.Parallel()
	some := wire.Message{Observations: []event.Observation{seen(1)}}
	long := seen(1)
	long.Path = strings.Repeat("x", wire.MaxFrame/2)
	cases := []struct {
		name string
		part func(*agent)
		want string
	}{
		{"when the agent is in trouble", answering(some, wire.Message{Failure: &wire.Failure{Error: "no space left on device"}}), "agent: no space left on device"},
		{"when the agent speaks out of turn", answering(some, wire.Message{Undone: &wire.Undone{}}), "unexpected message from the agent: expected seen or done"},
		{"when an observation is missing", answering(some, wire.Message{Observations: []event.Observation{seen(3)}}), "observation 3 came, expected 2"},
		{"when there is no end of observations", func(a *agent) {
			a.hear()
			for seq := uint64(1); seq < 300_000; seq += 2 {
				a.say(wire.Message{Observations: []event.Observation{seen(seq), seen(seq + 1)}})
			}
		}, "the agent sent more than 20000 observations of one step"},
		{"when there is no end of what they say", func(a *agent) {
			a.hear()
			for long.Seq < 20 {
				a.say(wire.Message{Observations: []event.Observation{long}})
				long.Seq++
			}
		}, "the agent sent more than 48 MiB of one step"},
		{"when the connection ends", func(a *agent) {
			a.hear()
			a.say(some)
		}, "lost the connection to the asset: EOF"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			talk := play(t, c.part)
			_, err := talk.perform(t.Context(), "drop", effect.StepPlan{})
			require.EqualError(t, err, c.want)
			_, err = talk.undo(t.Context(), false)
			require.ErrorIs(t, err, errLost, "after an error it is over")
		})
	}
}

func TestCancellationEndsAPerformanceAtOnce(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		part func(*agent)
	}{
		{"while the agent works", func(a *agent) { a.hear(); a.hear() }},
		{"while the agent does not even read", func(a *agent) { <-a.t.Context().Done() }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				talk := play(t, c.part)
				interrupted := assert.AnError
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(time.Second/2, func() { cancel(interrupted) })
				began := time.Now()
				_, err := talk.perform(ctx, "drop", effect.StepPlan{})
				require.ErrorIs(t, err, interrupted)
				assert.Equal(t, time.Second/2, time.Since(began))
			})
		})
	}
}

func TestTheAgentHearsABeatWhateverHappens(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pings := make(chan int, 1)
		talk := play(t, func(a *agent) {
			a.say(wire.Message{Hello: &wire.Hello{}})
			a.hear()
			pings <- a.pings
		})
		time.Sleep(10*wire.PingInterval + wire.PingInterval/2)
		talk.close()
		assert.Equal(t, 10, <-pings)
	})
}

func TestASilentAgentIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		talk := play(t, answering())
		_, err := talk.undo(t.Context(), false)
		require.EqualError(t, err, "the agent sent nothing for 2m0s")
	})
}

func TestClosingTwiceIsFine(t *testing.T) {
	t.Parallel()
	talk := play(t, func(a *agent) { a.hear() })
	talk.close()
	talk.close()
}
