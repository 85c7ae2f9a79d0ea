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
		return nil, fmt.Errorf("open asset: %w", err)
	}
	return s, nil
}

func (l *Lab) open(ctx context.Context, a runner.Asset) (*session, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	s, err := l.startOnImage(ctx, a)
	if errdefs.IsNotFound(err) {
		// Somebody removed the image under us: it is loaded again, once.
		l.forgetImages()
		s, err = l.startOnImage(ctx, a)
	}
	if err != nil {
		return nil, err
	}
	if err := s.makeReady(ctx, a); err != nil {
		err = s.withExitReason(err)
		_ = s.Close() // the first error is the one to return; the watchdog has the rest
		return nil, err
	}
	l.log.Debug().Str("run", a.Run).Str("asset", a.Name).Str("container", s.id).Msg("asset is open")
	return s, nil
}

// startOnImage starts an asset's container on the image with its service, or, where that
// was not made, on the plain one: what does not ask the service can be performed all the
// same. The error is one that errdefs.IsNotFound knows if the image has gone away.
func (l *Lab) startOnImage(ctx context.Context, a runner.Asset) (*session, error) {
	if a.Place.Image != nil {
		return l.startWrapped(ctx, a)
	}
	service, lacking := a.Place.Service, ""
	imageID, err := l.image(ctx, service)
	if errors.Is(err, errNoServiceImage) {
		service, lacking = "", service
		imageID, err = l.image(ctx, "")
	}
	if err != nil {
		return nil, err
	}
	asked, err := l.settings(imageID, a)
	if err != nil {
		return nil, err
	}
	s, err := l.start(ctx, asked)
	if err != nil {
		return nil, err
	}
	s.service, s.missingService = service, lacking
	return s, nil
}

// settings are those of an asset's container. The error is that the run, the asset or
// this program has a name of another form than ringer gives.
func (l *Lab) settings(imageID string, a runner.Asset) (settings, error) {
	own := l.labelsOf(a.Run, a.Name)
	if _, ok := parseOwnLabels(own.labels()); !ok {
		return settings{}, fmt.Errorf("create container: run %q, asset %q or version %q must have the form that ringer writes, or the container could not be recognised later", a.Run, a.Name, l.version)
	}
	asked := settings{name: newContainerName(), config: container.Config{Labels: own.labels()}, control: l.control}
	testcontainers.AddGenericLabels(asked.config.Labels)
	configure(&asked.config, imageID, a.Place.Hostname)
	harden(&asked.host)
	giveOwnPlaces(&asked.host, a.Place.Kind.Platform)
	return asked, nil
}

// start creates, attaches and starts. Once asked for, a container is waited for
// even if ctx ends, so that nothing comes up unknown.
func (l *Lab) start(ctx context.Context, asked settings) (_ *session, err error) {
	uncancelled, cancel := context.WithTimeout(context.WithoutCancel(ctx), startTimeout)
	defer cancel()
	created, err := l.create(uncancelled, asked)
	if err != nil {
		return nil, l.removeCreated(ctx, asked.name, err)
	}
	s := &session{
		id:      created.GetContainerID(),
		asked:   asked,
		program: l.programDigest,
		engine:  l.engine,
		cleanup: cleanupContext(ctx),
	}
	if s.streams, err = attach(uncancelled, l.engine, s.id); err != nil {
		return nil, l.removeCreated(ctx, asked.name, err)
	}
	s.exit = l.engine.awaitExit(ctx, s.id)
	s.agent = newAgentClient(s.streams.out, s.streams, s.streams.disconnect)
	if err := created.Start(uncancelled); err != nil {
		err = l.removeCreated(ctx, asked.name, fmt.Errorf("start container: %w", err))
		_ = s.Close() // it is gone already; this ends the listening
		return nil, err
	}
	return s, nil
}

// createdContainer is a container that can be started.
type createdContainer interface {
	GetContainerID() string
	// Start fails if the engine does.
	Start(ctx context.Context) error
}

// create asks for a container.
func (l *Lab) create(ctx context.Context, asked settings) (createdContainer, error) {
	if asked.ports != nil {
		return l.createPlainly(ctx, asked)
	}
	created, err := l.provider.CreateContainer(ctx, testcontainers.ContainerRequest{
		Name:               asked.name,
		Image:              asked.config.Image,
		Labels:             asked.config.Labels,
		ConfigModifier:     func(c *container.Config) { *c = asked.config },
		HostConfigModifier: func(h *container.HostConfig) { *h = asked.host },
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

// makeReady compares the container with what was asked for, waits for the agent's hello,
// and has it provision the asset and verify its isolation.
func (s *session) makeReady(ctx context.Context, a runner.Asset) error {
	ctx, cancel := context.WithTimeoutCause(ctx, readyTimeout, fmt.Errorf("the agent was not ready within %s", readyTimeout))
	defer cancel()
	if err := s.engine.checkSettings(ctx, s.id, s.asked); err != nil { // the agent starts meanwhile
		return err
	}
	return s.provision(ctx, a)
}

// provision waits for the agent's hello, and has it provision the asset and verify
// its isolation.
func (s *session) provision(ctx context.Context, a runner.Asset) (err error) {
	if err := s.agent.handshake(ctx, s.program); err != nil {
		return err
	}
	a.Place.Service = s.service
	s.attempts, err = s.agent.provision(ctx, a, s.image)
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
