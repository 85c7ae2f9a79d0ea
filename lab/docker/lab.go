package docker

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"sync"
	"time"

	"github.com/moby/moby/client"
	"github.com/rs/zerolog"
	"github.com/testcontainers/testcontainers-go"

	"github.com/ringer-lab/ringer/emulation/runner"
)

// Options configure a lab; all are required.
type Options struct {
	// Binary is the path of ringer itself, whose command WatchdogCommand is started
	// beside the runner.
	Binary string
	// PID is the process by which a person knows the runner; it lives as long as that.
	PID int
	// Inside gives the program that runs inside assets, for an engine's processor as
	// Go names it. Its error says what to do.
	Inside func(architecture string) ([]byte, error)
	// Version is ringer's, for labels.
	Version string
	Log     zerolog.Logger
	// Env looks up an environment variable.
	Env func(string) string
}

// Lab opens assets as containers. Close it when all its sessions are closed.
type Lab struct {
	engine   engine
	provider *testcontainers.DockerProvider
	watchdog *watchdog
	owner    owner
	lease    string
	control  accessControl
	// program is what runs inside the assets.
	program []byte
	// programDigest is its SHA-256, in hex.
	programDigest string

	version string
	// arch is the engine's processor, as Go names it.
	arch    string
	log     zerolog.Logger
	cleanup func() (context.Context, context.CancelFunc)

	imageMutex sync.Mutex
	// imageIDs are of the images that assets were made of, by service; that of none is
	// plain. Those that the engine had when last it was asked are loaded.
	imageIDs map[string]string
	loaded   map[string]bool
	// wrapped are the images of the user's own that were allowed, by their keys.
	wrapped map[string]wrappedImage

	closing  sync.Once
	closeErr error
}

var (
	_ runner.Lab    = (*Lab)(nil)
	_ runner.Imaged = (*Lab)(nil)

	_ runner.Wrapping = (*Lab)(nil)
)

// New finds the engine, removes what dead runners left there, and starts the
// watchdog. If no engine answers, or none that can run assets, or this binary has
// no program to run inside them, its error is runner.ErrNoLab.
func New(ctx context.Context, o Options) (*Lab, error) {
	found, err := connect(ctx, o.Env)
	if err != nil {
		return nil, err
	}
	l, err := found.lab(ctx, o)
	if err != nil {
		_ = found.Close() // the first error is the one to return
		return nil, fmt.Errorf("set up lab: %w", err)
	}
	return l, nil
}

func (e engine) lab(ctx context.Context, o Options) (*Lab, error) {
	binary, err := filepath.Abs(o.Binary)
	if err != nil {
		return nil, fmt.Errorf("find ringer's own binary: %w", err)
	}
	server, err := e.ServerVersion(ctx, client.ServerVersionOptions{})
	if err != nil {
		return nil, fmt.Errorf("ask the engine for its platform: %w", err)
	}
	if err := checkEngineAPI(server); err != nil {
		return nil, unable(err, newerEngine)
	}
	if err := checkPlatform(server); err != nil {
		return nil, unable(err, platformToDo(server))
	}
	about, err := e.Info(ctx, client.InfoOptions{})
	if err != nil {
		return nil, fmt.Errorf("ask the engine what it can do: %w", err)
	}
	if err := checkLimits(about.Info); err != nil {
		return nil, unable(err, enableLimits)
	}
	if err := checkSeccomp(about.Info); err != nil {
		return nil, unable(err, otherKernel)
	}
	program, err := o.Inside(server.Arch)
	if err != nil {
		return nil, fmt.Errorf("%w: %w, or rehearse with --lab fake", runner.ErrNoLab, err)
	}
	digest := sha256.Sum256(program)
	l := &Lab{
		engine:  e,
		owner:   proc.self(o.PID),
		lease:   newLease(),
		control: accessControlOf(about.Info),
		program: program, programDigest: hex.EncodeToString(digest[:]),
		version: o.Version,
		log:     o.Log,

		imageIDs: map[string]string{},
		loaded:   map[string]bool{},
		wrapped:  map[string]wrappedImage{},
		arch:     server.Arch,
		cleanup:  cleanupContext(ctx),
	}
	if l.provider, err = e.provider(o.Log); err != nil {
		return nil, err
	}
	swept, err := e.sweep(ctx)
	for _, removed := range swept {
		o.Log.Info().Str("kind", removed.Kind).Str("name", removed.Name).Msg("removed what a dead runner left")
	}
	if err != nil {
		o.Log.Warn().Err(err).Msg("could not remove all that dead runners left")
	}
	if err := errors.Join(e.removeOutdated(ctx, labelVersion, time.Now()), e.removeAbandonedUnfinished(ctx, labelLease)); err != nil {
		o.Log.Warn().Err(err).Msg("could not remove images of long ago")
	}
	if l.watchdog, err = startWatchdog(binary, l.lease); err != nil {
		return nil, err
	}
	return l, nil
}

// unable says why an engine that answers is no lab, and what to do.
func unable(why error, whatToDo string) error {
	return fmt.Errorf("%w: %w; %s, or rehearse with --lab fake", runner.ErrNoLab, why, whatToDo)
}

// proc reads the processes of the runner's own machine.
var proc = processes{root: "/proc", noSuchProcess: noSuchProcess}

// newLease is a name nobody else has.
func newLease() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // it never fails, or ends the program
	return hex.EncodeToString(random[:])
}

// Images returns the ids of the images that assets were made of so far, by service;
// that of none is plain.
func (l *Lab) Images() map[string]string {
	l.imageMutex.Lock()
	defer l.imageMutex.Unlock()
	return maps.Clone(l.imageIDs)
}

// Image returns the id of the image with a service; empty where that was not made. It
// fails if the engine does not answer, or cannot load what it lacks.
func (l *Lab) Image(ctx context.Context, service string) (string, error) {
	id, err := l.image(ctx, service)
	if errors.Is(err, errNoServiceImage) {
		return "", nil
	}
	return id, err
}

// Name is "docker".
func (*Lab) Name() string { return "docker" }

// cleanupTimeout is how long removing may take, where nothing else is waited for: an
// engine on a busy machine needs many seconds.
const cleanupTimeout = 30 * time.Second

// cleanupContext makes the time that cleaning up gets, whatever happens to ctx.
func cleanupContext(ctx context.Context) func() (context.Context, context.CancelFunc) {
	return func() (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
	}
}

// Close removes what sessions that were not closed left, and stops the watchdog. It
// works after New's ctx was cancelled. A second call returns what the first did: the
// error is that the engine could not remove something, which the watchdog then goes on
// trying, or that the watchdog did not stop.
func (l *Lab) Close() error {
	l.closing.Do(func() {
		if err := l.end(); err != nil {
			l.closeErr = fmt.Errorf("close lab: %w", err)
		}
	})
	return l.closeErr
}

func (l *Lab) end() error {
	ctx, cancel := l.cleanup()
	defer cancel()
	defer l.engine.Close()
	if _, err := l.engine.removeLeased(ctx, l.lease); err != nil {
		l.watchdog.release() // it goes on trying after we have ended
		return err
	}
	if err := l.removeOtherBuilds(ctx); err != nil {
		l.log.Warn().Err(err).Msg("could not remove images of other builds")
	}
	return l.watchdog.stop()
}
