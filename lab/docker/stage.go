package docker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/moby/moby/client"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
)

const (
	// How long an agent may take to end once its input has, and the engine to
	// remove the container; after that it is killed.
	endPatience = 5 * time.Second
	// How long to wait for the reason of a lost connection.
	reasonPatience = 2 * time.Second
)

// stage is one asset in its container.
type stage struct {
	id       string
	engine   engine
	streams  *streams
	talk     *conversation
	ending   *ending
	attempts []runner.Attempt
	// serves is the real service that runs, lacks the one that has no image.
	serves, lacks string
	cleanup       func() (context.Context, context.CancelFunc)

	closing sync.Once
	closed  atomic.Bool
	closeBy error
}

var _ runner.Stage = (*stage)(nil)

// Attested gives what the agent tried in vain before the first step.
func (s *stage) Attested() []runner.Attempt { return s.attempts }

// Perform has the agent perform a plan. After an error, only Close is of use.
func (s *stage) Perform(ctx context.Context, step string, plan effect.Plan) (runner.Outcome, error) {
	if s.closed.Load() {
		return runner.Outcome{}, fmt.Errorf("perform %s: asset is closed", step)
	}
	if service := plan.Service(); service != s.serves && service != "" {
		return runner.Outcome{Skipped: s.without(service)}, nil
	}
	started := time.Now()
	outcome, err := s.talk.perform(ctx, step, plan)
	if err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, s.explain(err))
	}
	outcome.Took = time.Since(started)
	return outcome, nil
}

// without says why a service cannot be asked.
func (s *stage) without(service string) string {
	if service == s.lacks {
		return fmt.Sprintf("it asks a real %s, and the image for that was not made: run `ringer images`", service)
	}
	return fmt.Sprintf("it asks a real %s, which the asset was not given", service)
}

// Undo has the agent take everything back.
func (s *stage) Undo(ctx context.Context) (runner.Undone, error) {
	if s.closed.Load() {
		return runner.Undone{}, errors.New("undo: asset is closed")
	}
	undone, err := s.talk.undo(ctx)
	if err != nil {
		return runner.Undone{}, fmt.Errorf("undo: %w", s.explain(err))
	}
	return undone, nil
}

// explain adds to a lost connection how the container ended.
func (s *stage) explain(err error) error {
	if !errors.Is(err, errLost) {
		return err
	}
	late := time.NewTimer(reasonPatience)
	defer late.Stop()
	select {
	case <-s.ending.removed:
	case <-late.C:
		return fmt.Errorf("%w: the container still stands", err)
	}
	switch complaint := s.streams.complaint.String(); {
	case s.ending.err != nil:
		return fmt.Errorf("%w: the engine answers no more: %w", err, s.ending.err)
	case complaint != "":
		return fmt.Errorf("%w: the container ended with code %d: %s", err, s.ending.code, complaint)
	case s.ending.code == killed:
		return fmt.Errorf("%w: the container was killed: by hand, or as it used more than %d MiB of memory", err, memory>>20)
	}
	return fmt.Errorf("%w: the container ended with code %d", err, s.ending.code)
}

// killed is the code of a process that SIGKILL ended.
const killed = 128 + 9

// Close ends the agent's input, by which it ends and the container with it, and
// waits until that is gone; one that resists is killed. Twice is fine.
func (s *stage) Close() error {
	s.closing.Do(func() {
		s.closed.Store(true)
		if err := s.end(); err != nil {
			s.closeBy = fmt.Errorf("close container %.12s: %w", s.id, err)
		}
	})
	return s.closeBy
}

func (s *stage) end() error {
	defer s.ending.forget()
	s.talk.close()
	s.streams.copying.Wait()
	ctx, cancel := s.cleanup()
	defer cancel()
	late := time.NewTimer(endPatience)
	defer late.Stop()
	select {
	case <-s.ending.removed:
		if s.ending.err == nil {
			return nil
		}
	case <-late.C:
	}
	return s.engine.remove(ctx, s.id)
}

// FirstProcess gives the number that the engine's host has for the asset's first
// process, by which what is done there can be watched from outside.
func (s *stage) FirstProcess(ctx context.Context) (int, error) {
	found, err := s.engine.ContainerInspect(ctx, s.id, client.ContainerInspectOptions{})
	if err != nil {
		return 0, fmt.Errorf("look at container: %w", err)
	}
	if found.Container.State == nil || found.Container.State.Pid == 0 {
		return 0, errors.New("look at container: it does not run")
	}
	return found.Container.State.Pid, nil
}
