//go:build linux

package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/confinement"
	"github.com/ringer-lab/ringer/lab/daemon"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/wire"
)

// The exit codes of an agent; nobody but a person looking at Docker's events
// reads them.
const (
	exitHungUp = 0
	exitError  = 1
)

// Main is what `/ringer agent` runs: it speaks with the runner over stdin and
// stdout until that hangs up or falls silent. It returns the process's exit code.
func Main(ctx context.Context, stdin io.Reader, stdout io.Writer) int {
	a, err := newAgent()
	if err != nil {
		return exitError // one whose program cannot be read may not be ours
	}
	return a.serve(ctx, stdin, stdout)
}

// newAgent is the agent of the asset that this is.
func newAgent() (*agent, error) {
	a := &agent{root: effect.Root, program: artifact.Program, verifyIsolation: verifyIsolation, hide: hide}
	a.sensor.MaxThreads = confinement.Processes * 3 / 4
	var err error
	if a.digest, err = ownDigest(); err != nil {
		return nil, err
	}
	a.traceTree = a.sensor.Trace
	a.inContainer = true
	_ = os.Chdir(effect.Root) // names are then looked up from the root, which takes longer
	return a, nil
}

// agent is one asset's.
type agent struct {
	// inContainer is that an asset's places are here, and not below a test's folder.
	inContainer bool
	// root holds the asset's file system, disk is how it is reached; program is what a stand-in's file
	// holds; verifyIsolation tries to get out; traceTree is the sensor's. Tests set their own.
	root            string
	disk            effect.Disk
	program         func(artifact.Resource) []byte
	verifyIsolation func(ownPlaces []string, as identity) []wire.Attempt
	// hide keeps the agent from the processes that it is about to start.
	hide      func() error
	traceTree func(context.Context, sensor.Command, func(event.Observation)) (sensor.Result, error)

	// digest is that of the agent's program.
	digest string

	conn        *wire.Conn
	opened      time.Time
	tree        effect.Tree
	sensor      sensor.Sensor
	journal     *effect.Journal
	service     *daemon.Daemon // nil where the asset has none
	image       *imageDaemon   // nil where it is not made of a user's own image
	provisioned effect.Listing
	// programs are by the own place that is their file system.
	programs map[string]sharedProgram
	seq      uint64
	// canarySeen is whether the canary was seen whole when last it was performed. Nothing
	// is traced between two steps, so that what stands after one is before the next.
	canarySeen bool
	// newest is the real service that the step performed last asked; empty is none.
	newest string
}

// endTimeout is how long the end may be put off by a runner that does not read.
const endTimeout = 2 * time.Second

// errOutOfTurn says that the runner spoke out of turn.
var errOutOfTurn = errors.New("unexpected message")

// serve is the whole of an agent's life. It returns even where its work hangs:
// that ends the first process, and the kernel ends all others with it.
func (a *agent) serve(ctx context.Context, stdin io.Reader, stdout io.Writer) int {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	a.opened = time.Now()
	a.conn = wire.NewConn(stdin, stdout)
	requests := listen(a.conn, end)
	ended := make(chan error, 1)
	go func() { ended <- a.work(ctx, requests) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		select {
		case err = <-ended:
		case <-time.After(endTimeout):
			err = context.Cause(ctx)
		}
	}
	if errors.Is(err, io.EOF) {
		return exitHungUp
	}
	return exitError
}

// work answers requests one after the other; its last word is what went wrong.
func (a *agent) work(ctx context.Context, requests <-chan wire.Message) error {
	err := a.greet()
	for err == nil {
		select {
		case <-ctx.Done():
			err = context.Cause(ctx)
		case request := <-requests:
			err = a.handle(ctx, request)
		}
	}
	if !errors.Is(err, io.EOF) {
		_ = a.conn.Send(wire.Message{Failure: &wire.Failure{Error: err.Error()}}) // the runner may be gone
	}
	return err
}

func (a *agent) handle(ctx context.Context, request wire.Message) error {
	switch {
	case request.Provision != nil && a.journal == nil:
		return a.provision(ctx, request.Provision)
	case request.Perform != nil && a.journal != nil:
		return a.perform(ctx, request.Perform)
	case request.Undo != nil && request.Undo.Newest && a.journal != nil:
		return a.undoNewest()
	case request.Undo != nil && a.journal != nil:
		return a.undo()
	}
	return errOutOfTurn
}

// undo takes back all steps and reports what is not as it was provisioned.
func (a *agent) undo() error {
	undoErr := a.journal.Undo()
	if a.service != nil {
		undoErr = errors.Join(undoErr, a.service.Restore())
	}
	if a.image != nil {
		undoErr = errors.Join(undoErr, a.image.restoreAll())
	}
	now, err := effect.List(a.tree, a.serviceFolder())
	if err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	left := a.provisioned.Differences(now)
	if len(left) == 0 && undoErr != nil {
		return fmt.Errorf("undo: %w", undoErr)
	}
	return a.conn.Send(wire.Message{Undone: &wire.Undone{Left: left}})
}

// undoNewest takes back the step performed last, and reports what is not as it was
// before it.
func (a *agent) undoNewest() error {
	if a.image != nil {
		left, err := a.image.restoreNewest()
		if err != nil && len(left) == 0 {
			return fmt.Errorf("undo the newest step: %w", err)
		}
		return a.conn.Send(wire.Message{Undone: &wire.Undone{Left: left}})
	}
	left, err := a.journal.UndoNewest()
	if err != nil && len(left) == 0 {
		return fmt.Errorf("undo the newest step: %w", err)
	}
	if a.newest != "" {
		left = append(left, "what "+a.newest+" keeps, which is restored with the whole asset")
	}
	return a.conn.Send(wire.Message{Undone: &wire.Undone{Left: left}})
}
