package docker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/runner"
)

const (
	// How long an engine may take to create or start a container: seconds on a
	// busy machine.
	startPatience = 30 * time.Second
	// How long an agent may take to furnish its asset and try to leave it.
	readyPatience = 30 * time.Second
)

// Open creates and starts a hardened container, furnishes it and has its
// containment attested. If any of it fails, the container is gone again.
func (l *Lab) Open(ctx context.Context, a runner.Asset) (runner.Stage, error) {
	s, err := l.open(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("open asset %s: %w", a.Name, err)
	}
	return s, nil
}

func (l *Lab) open(ctx context.Context, a runner.Asset) (*stage, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	imageID, err := l.image(ctx, a.Place.Service)
	lacks := a.Place.Service
	if errors.Is(err, errNoServiceImage) {
		// What does not ask the service can be performed all the same.
		a.Place.Service = ""
		imageID, err = l.image(ctx, "")
	} else {
		lacks = ""
	}
	if err != nil {
		return nil, err
	}
	s, err := l.start(ctx, imageID, a)
	if err != nil {
		return nil, err
	}
	s.serves, s.lacks = a.Place.Service, lacks
	if err := s.handshake(ctx, a); err != nil {
		err = s.explain(err)
		_ = s.Close() // the first error is the one to tell; the janitor has the rest
		return nil, err
	}
	l.log.Debug().Str("run", a.Run).Str("asset", a.Name).Str("container", s.id).Msg("asset is open")
	return s, nil
}

// start creates, attaches and starts. Once asked for, a container is waited for
// even if ctx ends, so that nothing comes up unknown.
func (l *Lab) start(ctx context.Context, imageID string, a runner.Asset) (_ *stage, err error) {
	insisting, cancel := context.WithTimeout(context.WithoutCancel(ctx), startPatience)
	defer cancel()
	name := newContainerName()
	created, err := l.create(insisting, name, imageID, a)
	if err != nil {
		return nil, l.abandon(ctx, name, err)
	}
	s := &stage{
		id:      created.GetContainerID(),
		engine:  l.engine,
		cleanup: cleaningFor(ctx),
	}
	if s.streams, err = attach(insisting, l.engine, s.id); err != nil {
		return nil, l.abandon(ctx, name, err)
	}
	s.ending = l.engine.await(ctx, s.id)
	s.talk = converse(s.streams.out, s.streams, s.streams.hangUp)
	if err := created.Start(insisting); err != nil {
		err = l.abandon(ctx, name, fmt.Errorf("start container: %w", err))
		_ = s.Close() // it is gone already; this ends the listening
		return nil, err
	}
	return s, nil
}

// create asks for a hardened container.
func (l *Lab) create(ctx context.Context, name, imageID string, a runner.Asset) (testcontainers.Container, error) {
	mark := l.markOf(a.Run, a.Name)
	if _, ok := readMark(mark.labels()); !ok {
		return nil, fmt.Errorf("create container: run %q, asset %q or version %q could not be told to be ours again", a.Run, a.Name, l.version)
	}
	created, err := l.provider.CreateContainer(ctx, testcontainers.ContainerRequest{
		Name:               name,
		Image:              imageID,
		Labels:             mark.labels(),
		ConfigModifier:     func(c *container.Config) { configure(c, imageID, a.Place.Hostname) },
		HostConfigModifier: harden,
	})
	if err != nil {
		return nil, fmt.Errorf("create container: %w", err)
	}
	return created, nil
}

// abandon removes a container that may have come into being.
func (l *Lab) abandon(ctx context.Context, name string, why error) error {
	ctx, cancel := cleaningFor(ctx)()
	defer cancel()
	if err := l.engine.removeNamed(ctx, name, l.lease); err != nil {
		l.log.Warn().Err(err).Str("container", name).Msg("could not remove a container; the janitor will")
	}
	return why
}

// handshake is the agent's greeting, furnishing and attestation.
func (s *stage) handshake(ctx context.Context, a runner.Asset) (err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, readyPatience, fmt.Errorf("agent was not ready within %s", readyPatience))
	defer cancel()
	if err := s.talk.greet(ctx); err != nil {
		return err
	}
	s.attempts, err = s.talk.furnish(ctx, a)
	return err
}

// ending is how a container ends.
type ending struct {
	// removed is closed when it is gone, or when that can no longer be learnt.
	removed chan struct{}
	code    int64
	err     error
	forget  context.CancelFunc
}

// await must come before the start: a container that is gone cannot be asked.
func (e engine) await(ctx context.Context, id string) *ending {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	waited := e.ContainerWait(ctx, id, client.ContainerWaitOptions{Condition: container.WaitConditionRemoved})
	end := &ending{removed: make(chan struct{}), forget: cancel}
	go func() {
		defer close(end.removed)
		select {
		case result := <-waited.Result:
			end.code = result.StatusCode
		case end.err = <-waited.Error:
		case <-ctx.Done():
			end.err = ctx.Err()
		}
	}()
	return end
}
