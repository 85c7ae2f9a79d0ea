package docker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/runner"
)

const (
	// startTimeout is how long an engine may take to create or start a container:
	// seconds on a busy machine.
	startTimeout = 30 * time.Second
	// readyTimeout is how long an agent may take to provision its asset and verify its
	// isolation.
	readyTimeout = 30 * time.Second
)

// Open creates and starts a hardened container, provisions it and has its
// isolation verified. If any of it fails, the container is gone again, and the error
// says which step of it failed; a service without an image is not an error (see
// [runner.Outcome]).
func (l *Lab) Open(ctx context.Context, a runner.Asset) (runner.AssetSession, error) {
	s, err := l.open(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("open asset %s: %w", a.Name, err)
	}
	return s, nil
}

func (l *Lab) open(ctx context.Context, a runner.Asset) (*session, error) {
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
	if errdefs.IsNotFound(err) {
		// Somebody removed the image since the last asset: it is loaded again, once.
		l.forgetImage(imageID)
		if imageID, err = l.image(ctx, a.Place.Service); err == nil {
			s, err = l.start(ctx, imageID, a)
		}
	}
	if err != nil {
		return nil, err
	}
	s.service, s.missingService = a.Place.Service, lacks
	if err := s.provision(ctx, a); err != nil {
		err = s.withExitReason(err)
		_ = s.Close() // the first error is the one to return; the watchdog has the rest
		return nil, err
	}
	l.log.Debug().Str("run", a.Run).Str("asset", a.Name).Str("container", s.id).Msg("asset is open")
	return s, nil
}

// start creates, attaches and starts. Once asked for, a container is waited for
// even if ctx ends, so that nothing comes up unknown.
func (l *Lab) start(ctx context.Context, imageID string, a runner.Asset) (_ *session, err error) {
	uncancelled, cancel := context.WithTimeout(context.WithoutCancel(ctx), startTimeout)
	defer cancel()
	name := newContainerName()
	created, err := l.create(uncancelled, name, imageID, a)
	if err != nil {
		return nil, l.removeCreated(ctx, name, err)
	}
	s := &session{
		id:      created.GetContainerID(),
		engine:  l.engine,
		cleanup: cleanupContext(ctx),
	}
	if s.streams, err = attach(uncancelled, l.engine, s.id); err != nil {
		return nil, l.removeCreated(ctx, name, err)
	}
	s.exit = l.engine.awaitExit(ctx, s.id)
	s.agent = newAgentClient(s.streams.out, s.streams, s.streams.disconnect)
	if err := created.Start(uncancelled); err != nil {
		err = l.removeCreated(ctx, name, fmt.Errorf("start container: %w", err))
		_ = s.Close() // it is gone already; this ends the listening
		return nil, err
	}
	return s, nil
}

// create asks for a hardened container.
func (l *Lab) create(ctx context.Context, name, imageID string, a runner.Asset) (testcontainers.Container, error) {
	own := l.labelsOf(a.Run, a.Name)
	if _, ok := parseOwnLabels(own.labels()); !ok {
		return nil, fmt.Errorf("create container: run %q, asset %q or version %q must have the form that ringer writes, or the container could not be recognised later", a.Run, a.Name, l.version)
	}
	created, err := l.provider.CreateContainer(ctx, testcontainers.ContainerRequest{
		Name:               name,
		Image:              imageID,
		Labels:             own.labels(),
		ConfigModifier:     func(c *container.Config) { configure(c, imageID, a.Place.Hostname) },
		HostConfigModifier: harden,
	})
	if err != nil {
		return nil, fmt.Errorf("create container: %w", err)
	}
	return created, nil
}

// removeCreated removes a container that may have come into being.
func (l *Lab) removeCreated(ctx context.Context, name string, why error) error {
	ctx, cancel := cleanupContext(ctx)()
	defer cancel()
	if err := l.engine.removeNamed(ctx, name, l.lease); err != nil {
		l.log.Warn().Err(err).Str("container", name).Msg("could not remove a container; the watchdog will")
	}
	return why
}

// provision waits for the agent's hello, and has it provision the asset and verify
// its isolation.
func (s *session) provision(ctx context.Context, a runner.Asset) (err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, readyTimeout, fmt.Errorf("the agent was not ready within %s", readyTimeout))
	defer cancel()
	if err := s.agent.handshake(ctx); err != nil {
		return err
	}
	s.attempts, err = s.agent.provision(ctx, a)
	return err
}

// containerExit is how a container ends.
type containerExit struct {
	// removed is closed when it is gone, or when that can no longer be learnt.
	removed     chan struct{}
	code        int64
	err         error
	stopWaiting context.CancelFunc
}

// awaitExit must come before the start: a container that is gone cannot be asked.
func (e engine) awaitExit(ctx context.Context, id string) *containerExit {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	waited := e.ContainerWait(ctx, id, client.ContainerWaitOptions{Condition: container.WaitConditionRemoved})
	end := &containerExit{removed: make(chan struct{}), stopWaiting: cancel}
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
