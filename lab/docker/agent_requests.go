package docker

import (
	"context"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/wire"
)

// handshake hears the agent's first word: it must be of the program with that digest, and
// have a key.
func (c *agentClient) handshake(ctx context.Context, program string) error {
	return c.request(ctx, nil, func(m wire.Message) (bool, error) {
		switch {
		case m.Hello == nil:
			return false, unexpected("hello")
		case m.Hello.Version != wire.Version:
			return false, fmt.Errorf("the agent speaks version %d, expected %d: the programs embedded in ringer are older or newer than it; build ringer again with `make build`", m.Hello.Version, wire.Version)
		case m.Hello.Program != program:
			return false, fmt.Errorf("the agent must be the program of this ringer (SHA-256 %.12s…), but is another (%.12s…): its image was changed; remove it with `ringer clean`", program, m.Hello.Program)
		case len(m.Hello.Key) != wire.KeySize:
			return false, fmt.Errorf("the agent gave a key of %d bytes, expected %d", len(m.Hello.Key), wire.KeySize)
		}
		return true, nil
	})
}

// provision says what the asset is to be, of an image of the user's own if there is one, and hears what was tried in vain to
// leave it. It is an error if any of that succeeded, or if it is not exactly what
// was to be tried.
func (c *agentClient) provision(ctx context.Context, a runner.Asset, image *wire.Image) ([]runner.IsolationCheck, error) {
	var attempts []runner.IsolationCheck
	message := &wire.Message{Provision: &wire.Provision{
		Platform:  a.Place.Kind.Platform,
		Hostname:  a.Place.Hostname,
		Files:     a.Place.Kind.Files,
		Protected: a.Protected,
		Service:   a.Place.Service,
		Image:     image,
	}}
	err := c.request(ctx, message, func(m wire.Message) (bool, error) {
		if m.Ready == nil {
			return false, unexpected("ready")
		}
		for _, attempt := range m.Ready.Attempts {
			attempts = append(attempts, runner.IsolationCheck(attempt))
		}
		return true, wire.CheckContainment(m.Ready.Attempts)
	})
	return attempts, err
}

// perform asks for a plan and collects what is seen until it is done. A number
// left out is an error: what was not seen must not pass for not done. So is more than a
// step may have.
func (c *agentClient) perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	var seen []event.Observation
	var done *wire.Done
	before := c.conn.Received()
	message := &wire.Message{Perform: &wire.Perform{Step: step, Plan: plan}}
	err := c.request(ctx, message, func(m wire.Message) (bool, error) {
		if c.conn.Received()-before > wire.MaxStepBytes+wire.MaxFrame { // with what ends the step
			return false, fmt.Errorf("the agent sent more than %d MiB of one step", (wire.MaxStepBytes+wire.MaxFrame)>>20)
		}
		if len(seen)+len(m.Observations) > wire.MaxObservations {
			return false, fmt.Errorf("the agent sent more than %d observations of one step", wire.MaxObservations)
		}
		for _, observation := range m.Observations {
			if c.lastSeq++; observation.Seq != c.lastSeq {
				return false, fmt.Errorf("observation %d came, expected %d", observation.Seq, c.lastSeq)
			}
		}
		seen = append(seen, m.Observations...)
		done = m.Done
		if m.Observations == nil && m.Done == nil {
			return false, unexpected("seen or done")
		}
		return done != nil, nil
	})
	if err != nil {
		return runner.Outcome{}, err
	}
	return runner.Outcome{
		Proofs:        done.Proofs,
		StandInErrors: done.Errors,
		Observations:  seen,
		Canary:        done.Canary,
		Seen:          done.ObservationCount,
		Dropped:       done.Dropped,
	}, nil
}

// undo asks to take everything back, or only the newest step.
func (c *agentClient) undo(ctx context.Context, newest bool) (runner.UndoResult, error) {
	var undone runner.UndoResult
	err := c.request(ctx, &wire.Message{Undo: &wire.Undo{Newest: newest}}, func(m wire.Message) (bool, error) {
		if m.Undone == nil {
			return false, unexpected("undone")
		}
		undone.Leftover = m.Undone.Left
		return true, nil
	})
	return undone, err
}

func unexpected(want string) error {
	return fmt.Errorf("unexpected message from the agent: expected %s", want)
}
