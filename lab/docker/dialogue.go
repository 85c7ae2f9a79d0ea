package docker

import (
	"context"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/wire"
)

// greet hears the agent's first word: it must be the same binary.
func (c *conversation) greet(ctx context.Context) error {
	return c.ask(ctx, nil, func(m wire.Message) (bool, error) {
		switch {
		case m.Hello == nil:
			return false, unexpected("hello")
		case m.Hello.Version != wire.Version:
			return false, fmt.Errorf("agent speaks version %d, not %d: the image is stale", m.Hello.Version, wire.Version)
		}
		return true, nil
	})
}

// furnish says what the asset is to be, and hears what was tried in vain to
// leave it. It is an error if any of that succeeded, or if it is not exactly what
// was to be tried.
func (c *conversation) furnish(ctx context.Context, a runner.Asset) ([]runner.Attempt, error) {
	var attempts []runner.Attempt
	question := &wire.Message{Furnish: &wire.Furnish{
		Persona:   a.Place.Kind.Persona,
		Hostname:  a.Place.Hostname,
		Files:     a.Place.Kind.Files,
		Protected: a.Protected,
		Service:   a.Place.Service,
	}}
	err := c.ask(ctx, question, func(m wire.Message) (bool, error) {
		if m.Ready == nil {
			return false, unexpected("ready")
		}
		for _, one := range m.Ready.Attempts {
			attempts = append(attempts, runner.Attempt(one))
		}
		return true, wire.Contained(m.Ready.Attempts)
	})
	return attempts, err
}

// perform asks for a plan and collects what is seen until it is done. A number
// left out is an error: what was not seen must not pass for not done.
func (c *conversation) perform(ctx context.Context, step string, plan effect.Plan) (runner.Outcome, error) {
	var seen []event.Observation
	var done *wire.Done
	question := &wire.Message{Perform: &wire.Perform{Step: step, Plan: plan}}
	err := c.ask(ctx, question, func(m wire.Message) (bool, error) {
		for _, one := range m.Seen {
			if c.last++; one.Seq != c.last {
				return false, fmt.Errorf("observation %d came where %d was due", one.Seq, c.last)
			}
		}
		seen = append(seen, m.Seen...)
		done = m.Done
		if m.Seen == nil && m.Done == nil {
			return false, unexpected("seen or done")
		}
		return done != nil, nil
	})
	if err != nil {
		return runner.Outcome{}, err
	}
	return runner.Outcome{
		Proofs:       done.Proofs,
		Trouble:      done.Trouble,
		Observations: seen,
		Canary:       done.Canary,
		Seen:         done.Seen,
		Dropped:      done.Dropped,
	}, nil
}

// undo asks to take everything back.
func (c *conversation) undo(ctx context.Context) (runner.Undone, error) {
	var undone runner.Undone
	err := c.ask(ctx, &wire.Message{Undo: &wire.Undo{}}, func(m wire.Message) (bool, error) {
		if m.Undone == nil {
			return false, unexpected("undone")
		}
		undone.Left = m.Undone.Left
		return true, nil
	})
	return undone, err
}

func unexpected(want string) error {
	return fmt.Errorf("agent spoke out of turn: expected %s", want)
}
