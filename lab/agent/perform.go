//go:build linux

package agent

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/sensor"
	"github.com/ringer-lab/ringer/lab/standin"
	"github.com/ringer-lab/ringer/lab/wire"
)

// stepTimeout is how long one step may take: stand-ins need milliseconds.
const stepTimeout = time.Minute

// perform does one plan under the sensor, with undo registered before it,
// proofs taken before and after it, and a canary on both sides.
func (a *agent) perform(ctx context.Context, request *wire.Perform) error {
	ctx, cancel := context.WithTimeoutCause(ctx, stepTimeout, fmt.Errorf("the step took longer than %s", stepTimeout))
	defer cancel()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	done, err := a.performStep(ctx, request, &observationSender{agent: a, step: request.Step, end: end})
	if a.image == nil { // the tracer of an image's daemon waits for what is its own
		reap()
	}
	if err != nil {
		return fmt.Errorf("perform %s: %w", request.Step, err)
	}
	return a.conn.Send(wire.Message{Done: &done})
}

func (a *agent) performStep(ctx context.Context, request *wire.Perform, out *observationSender) (wire.Done, error) {
	plan := request.Plan
	// Laid out before undo is registered: it is not undone.
	if err := a.installStandIns(plan); err != nil {
		return wire.Done{}, err
	}
	if err := a.separatePrograms(plan); err != nil {
		return wire.Done{}, err
	}
	if err := a.journal.Register(plan); err != nil {
		return wire.Done{}, err
	}
	a.newest = plan.Service()
	var done wire.Done
	if err := effect.ApplyPreconditions(a.tree, plan.Preconditions); err != nil {
		done.Errors = append(done.Errors, err.Error())
	}
	found := effect.RunChecks(a.tree, plan.Checks)
	before, err := a.canarySeenBefore(ctx)
	if err != nil {
		return wire.Done{}, err
	}
	if err := a.skipLogLines(ctx); err != nil {
		return wire.Done{}, err
	}
	if a.image != nil {
		if err := a.image.begin(out); err != nil {
			return wire.Done{}, err
		}
		defer a.image.end()
	}
	for _, process := range plan.Processes {
		if err := a.performRoot(ctx, process, out, &done); err != nil {
			return wire.Done{}, err
		}
	}
	if a.canarySeen, err = a.canary(ctx); err != nil {
		return wire.Done{}, err
	}
	done.Canary = before && a.canarySeen
	done.Proofs = effect.Proofs(plan.Checks, found, effect.RunChecks(a.tree, plan.Checks))
	done.ObservationCount = out.sent
	return done, out.flush()
}

// canarySeenBefore reports whether the sensor was awake before a step: where that is not
// known from the step before, it is tried out.
func (a *agent) canarySeenBefore(ctx context.Context) (bool, error) {
	if a.canarySeen {
		return true, nil
	}
	return a.canary(ctx)
}

// performTraced traces one root process with all that comes of it. Only a stage that
// broke is an error; a program that does not start is the step's trouble.
func (a *agent) performTraced(ctx context.Context, process effect.Process, out *observationSender, done *wire.Done) error {
	start, err := standin.NewStart(a.tree, string(a.tree.Platform), process)
	if err != nil {
		done.Errors = append(done.Errors, err.Error())
		return nil
	}
	result, output, err := a.traceStandIn(ctx, start, out.add)
	done.Dropped += result.Dropped
	if result.Code != 0 && len(output) == 0 && err == nil {
		output = []string{fmt.Sprintf("%s exited with code %d", process.Image, result.Code)}
	}
	done.Errors = append(append(done.Errors, output...), result.DropReasons...)
	var notStarted *sensor.StartError
	if errors.As(err, &notStarted) {
		done.Errors = append(done.Errors, fmt.Sprintf("start %s: %v", process.Image, notStarted.Err))
		return out.err
	}
	if out.err != nil {
		return out.err // it is also what ended the trace, if that was ended
	}
	return err
}

// traceStandIn starts a stand-in with its acts on standard input, and collects what it
// and its descendants say on standard error.
func (a *agent) traceStandIn(ctx context.Context, start standin.Start, sink func(event.Observation)) (sensor.Result, []string, error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	defer null.Close()
	input, err := newInputPipe(start.Input)
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	defer input.close()
	output, err := newOutputPipe()
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	result, err := a.traceTree(ctx, sensor.Command{
		Path: start.Path, Args: start.Args, Env: start.Env, Dir: start.Dir,
		Files: [3]*os.File{input.reader, null, output.writer},
	}, sink)
	return result, output.lines(), err
}

// reap takes in processes whose parent ended without having waited for them.
// It runs between traces, as the sensor waits for its own.
func reap() {
	if os.Getpid() != 1 {
		return // they come to someone else
	}
	for {
		if pid, err := unix.Wait4(-1, nil, unix.WALL|unix.WNOHANG, nil); pid <= 0 || err != nil {
			return
		}
	}
}
