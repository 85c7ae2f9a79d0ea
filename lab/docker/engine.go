package docker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/moby/moby/client"
	"github.com/rs/zerolog"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/docker/skipprocscan"
)

// The environment is as before once this package is initialised: errRestoreEnv is nil
// then, and errDeafen.
var (
	errRestoreEnv = skipprocscan.Restore()
	errDeafen     = deafenTestcontainers()
)

// pingTimeout is how long an engine may take to answer at all.
const pingTimeout = 2 * time.Second

// engine is a Docker that answered.
type engine struct {
	*client.Client
	endpoint endpoint
}

// connect finds an engine and has it answer. Its error is runner.ErrNoLab: what
// was tried, and what to do.
func connect(ctx context.Context, env func(string) string) (engine, error) {
	at, err := findEndpoint(env)
	if err != nil {
		return engine{}, noLab(at, err)
	}
	given := strings.TrimPrefix(strings.TrimSpace(env(client.EnvOverrideAPIVersion)), "v")
	if given != "" {
		if err := checkGivenAPI(given, ""); err != nil {
			return engine{}, noLab(at, err)
		}
	}
	found, err := client.New(client.FromEnv, client.WithHost(at.host))
	if err != nil {
		return engine{}, noLab(at, err)
	}
	pinged, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	// Asked for here, as testcontainers would go on to other engines that the
	// user did not mean.
	pong, err := found.Ping(pinged, client.PingOptions{NegotiateAPIVersion: true})
	if err == nil && given != "" {
		err = checkGivenAPI(given, pong.APIVersion)
	}
	if err != nil {
		_ = found.Close() // it never opened
		return engine{}, noLab(at, err)
	}
	return engine{Client: found, endpoint: at}, nil
}

// unreachable is an engine that did not answer, and what to do about it. It is
// runner.ErrNoLab.
type unreachable struct {
	endpoint endpoint
	cause    error
}

func noLab(at endpoint, err error) error { return unreachable{at, err} }

func (u unreachable) Unwrap() []error { return []error{runner.ErrNoLab, u.cause} }

func (u unreachable) Error() string {
	return fmt.Sprintf("%s: %s; %s, or rehearse with --lab fake; `ringer doctor` looks closer", runner.ErrNoLab, u.answer(), u.whatToDo())
}

func (u unreachable) answer() string {
	where := u.endpoint.host
	if where == "" {
		where = "an engine"
	}
	if _, ok := errors.AsType[apiError](u.cause); ok {
		return fmt.Sprintf("Docker at %s (from %s): %s", where, u.endpoint.source, u.cause)
	}
	return fmt.Sprintf("Docker does not answer at %s (from %s): %s", where, u.endpoint.source, strings.TrimSuffix(u.cause.Error(), "."))
}

func (u unreachable) whatToDo() string {
	if _, ok := errors.AsType[apiError](u.cause); ok {
		return "unset " + client.EnvOverrideAPIVersion
	}
	// The client keeps nothing of the error but these words.
	if strings.Contains(u.cause.Error(), "permission denied") {
		return "join the group that owns the socket (usually docker) and log in again, or set DOCKER_HOST to another engine"
	}
	return "start Docker, or set DOCKER_HOST"
}

// provider gives testcontainers the engine that answered.
func (e engine) provider(logger zerolog.Logger) (*testcontainers.DockerProvider, error) {
	if err := errors.Join(errRestoreEnv, errDeafen); err != nil {
		return nil, fmt.Errorf("configure testcontainers: %w", err)
	}
	// Its own search knows DOCKER_HOST and the default socket, but no contexts.
	if e.endpoint.host != client.DefaultDockerHost {
		if err := os.Setenv("DOCKER_HOST", e.endpoint.host); err != nil {
			return nil, fmt.Errorf("configure testcontainers: %w", err)
		}
	}
	found, err := testcontainers.NewDockerProvider(testcontainers.WithLogger(traceLog{logger}),
		testcontainers.WithDefaultBridgeNetwork(testcontainers.Bridge))
	if err != nil {
		return nil, fmt.Errorf("configure testcontainers: %w", err)
	}
	found.SetClient(restrictedClient{e.Client})
	return found, nil
}

// traceLog has testcontainers' talk at the lowest level.
type traceLog struct{ to zerolog.Logger }

// Printf is testcontainers' logger.
func (q traceLog) Printf(format string, v ...any) { q.to.Trace().Msgf(format, v...) }
