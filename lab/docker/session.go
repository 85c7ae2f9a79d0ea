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
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/wire"
)

const (
	// endTimeout is how long an agent may take to end once its input has, and the engine to
	// remove the container; after that it is killed.
	endTimeout = 5 * time.Second
	// reasonTimeout is how long to wait for the reason of a lost connection.
	reasonTimeout = 2 * time.Second
)

// session is one asset in its container.
type session struct {
	id       string
	asked    settings
	program  string // the digest of what runs in it
	engine   engine
	streams  *streams
	agent    *agentClient
	exit     *containerExit
	attempts []runner.IsolationCheck
	// service is the real service that runs, missingService one that has no image.
	service, missingService string
	// image is what is started of an image of the user's own; nil where it is of none.
	image   *wire.Image
	cleanup func() (context.Context, context.CancelFunc)

	closing  sync.Once
	closed   atomic.Bool
	closeErr error
}

var _ runner.AssetSession = (*session)(nil)

// IsolationChecks returns the attempts of the agent to get out, before the first step.
func (s *session) IsolationChecks() []runner.IsolationCheck { return s.attempts }

// Container is the id by which the engine and those who watch it know the container.
func (s *session) Container() string { return s.id }

// Perform has the agent perform a plan. The error is ctx's cause, the agent's own, or
// that the asset is lost, with how its container ended. After an error, only Close is
// of use.
func (s *session) Perform(ctx context.Context, step string, plan effect.StepPlan) (runner.Outcome, error) {
	if s.closed.Load() {
		return runner.Outcome{}, fmt.Errorf("perform %s: the asset is closed", step)
	}
	if service := plan.Service(); service != s.service && service != "" && s.image == nil {
		return runner.Outcome{Skipped: s.skipReason(service)}, nil
	}
	started := time.Now()
	outcome, err := s.agent.perform(ctx, step, plan)
	if err != nil {
		return runner.Outcome{}, fmt.Errorf("perform %s: %w", step, s.withExitReason(err))
	}
	outcome.Took = time.Since(started)
	return outcome, nil
}

// skipReason says why a service cannot be asked.
func (s *session) skipReason(service string) string {
	if service == s.missingService {
		return fmt.Sprintf("the step needs a real %s; run `ringer images` to build its image", service)
	}
	return fmt.Sprintf("the step needs a real %s, which this asset does not have", service)
}

// Undo has the agent take everything back. Its errors are as those of Perform; what
// could not be taken back is not one, and is in the result.
func (s *session) Undo(ctx context.Context) (runner.UndoResult, error) { return s.undo(ctx, false) }

// UndoNewest has the agent take the newest step back, as Undo does with all.
func (s *session) UndoNewest(ctx context.Context) (runner.UndoResult, error) {
	return s.undo(ctx, true)
}

func (s *session) undo(ctx context.Context, newest bool) (runner.UndoResult, error) {
	if s.closed.Load() {
		return runner.UndoResult{}, errors.New("undo: the asset is closed")
	}
	undone, err := s.agent.undo(ctx, newest)
	if err != nil {
		return runner.UndoResult{}, fmt.Errorf("undo: %w", s.withExitReason(err))
	}
	return undone, nil
}

// withExitReason adds to a lost connection how the container ended.
func (s *session) withExitReason(err error) error {
	if !errors.Is(err, errLost) {
		return err
	}
	late := time.NewTimer(reasonTimeout)
	defer late.Stop()
	select {
	case <-s.exit.removed:
	case <-late.C:
		return fmt.Errorf("%w: the container is still running", err)
	}
	switch complaint := s.streams.stderr.String(); {
	case s.exit.err != nil:
		return fmt.Errorf("%w: the engine does not answer: %w", err, s.exit.err)
	case complaint != "":
		return fmt.Errorf("%w: the container exited with code %d: %s", err, s.exit.code, complaint)
	case s.exit.code == exitSIGKILL:
		return fmt.Errorf("%w: the container was killed, by someone or because it used more than %d MiB of memory", err, confinement.Memory>>20)
	}
	return fmt.Errorf("%w: the container exited with code %d", err, s.exit.code)
}

// exitSIGKILL is the code of a process that SIGKILL ended.
const exitSIGKILL = 128 + 9

// Close ends the agent's input, by which it ends and the container with it, and
// waits until that is gone; one that resists is killed. A second call returns what the
// first did. The error is that the engine could not remove the container.
func (s *session) Close() error {
	s.closing.Do(func() {
		s.closed.Store(true)
		if err := s.end(); err != nil {
			s.closeErr = fmt.Errorf("close container %.12s: %w", s.id, err)
		}
	})
	return s.closeErr
}

func (s *session) end() error {
	defer s.exit.stopWaiting()
	s.agent.close()
	s.streams.copying.Wait()
	ctx, cancel := s.cleanup()
	defer cancel()
	late := time.NewTimer(endTimeout)
	defer late.Stop()
	select {
	case <-s.exit.removed:
		if s.exit.err == nil {
			return nil
		}
	case <-late.C:
	}
	return s.engine.remove(ctx, s.id)
}

// FirstProcess gives the number that the engine's host has for the asset's first
// process, by which what is done there can be watched from outside. The error is that
// the engine does not answer, or that the container has ended.
func (s *session) FirstProcess(ctx context.Context) (int, error) {
	found, err := s.engine.ContainerInspect(ctx, s.id, client.ContainerInspectOptions{})
	if err != nil {
		return 0, fmt.Errorf("inspect container: %w", err)
	}
	if found.Container.State == nil || found.Container.State.Pid == 0 {
		return 0, errors.New("inspect container: it is not running")
	}
	return found.Container.State.Pid, nil
}
