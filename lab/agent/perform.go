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

// longest is how long one step may take: stand-ins need milliseconds.
const longest = time.Minute

// errTooLong ends a step that hangs.
var errTooLong = fmt.Errorf("the step took longer than %s", longest)

// perform does one plan under the sensor, with undo registered before it,
// proofs taken before and after it, and a canary on both sides.
func (a *agent) perform(ctx context.Context, request *wire.Perform) error {
	ctx, cancel := context.WithTimeoutCause(ctx, longest, errTooLong)
	defer cancel()
	done, err := a.step(ctx, request)
	reap()
	if err != nil {
		return fmt.Errorf("perform %s: %w", request.Step, err)
	}
	return a.conn.Send(wire.Message{Done: &done})
}

func (a *agent) step(ctx context.Context, request *wire.Perform) (wire.Done, error) {
	plan := request.Plan
	// Laid out before undo is registered: it is not undone.
	if err := a.layOut(plan); err != nil {
		return wire.Done{}, err
	}
	if err := a.journal.Register(plan); err != nil {
		return wire.Done{}, err
	}
	var done wire.Done
	if err := effect.LayOut(a.tree, plan.Given); err != nil {
		done.Trouble = append(done.Trouble, err.Error())
	}
	found := effect.Look(a.tree, plan.Prove)
	before, err := a.wasAwake(ctx)
	if err != nil {
		return wire.Done{}, err
	}
	out := &outlet{agent: a, step: request.Step}
	if err := a.forgetLines(ctx); err != nil {
		return wire.Done{}, err
	}
	for _, process := range plan.Do {
		if err := a.rooted(ctx, process, out, &done); err != nil {
			return wire.Done{}, err
		}
	}
	if a.awake, err = a.canary(ctx); err != nil {
		return wire.Done{}, err
	}
	done.Canary = before && a.awake
	done.Proofs = effect.Proofs(plan.Prove, found, effect.Look(a.tree, plan.Prove))
	done.Seen = out.told
	return done, out.flush()
}

// wasAwake reports whether the sensor was awake before a step: where that is not
// known from the step before, it is tried out.
func (a *agent) wasAwake(ctx context.Context) (bool, error) {
	if a.awake {
		return true, nil
	}
	return a.canary(ctx)
}

// run traces one root process with all that comes of it. Only a stage that
// broke is an error; a program that does not start is the step's trouble.
func (a *agent) run(ctx context.Context, process effect.Process, out *outlet, done *wire.Done) error {
	start, err := standin.Ready(a.tree, string(a.tree.Persona), process)
	if err != nil {
		done.Trouble = append(done.Trouble, err.Error())
		return nil
	}
	result, said, err := a.trace(ctx, start, out.take)
	done.Dropped += result.Dropped
	if result.Code != 0 && len(said) == 0 && err == nil {
		said = []string{fmt.Sprintf("%s ended with code %d", process.Image, result.Code)}
	}
	done.Trouble = append(append(done.Trouble, said...), result.Trouble...)
	var notStarted *sensor.StartError
	if errors.As(err, &notStarted) {
		done.Trouble = append(done.Trouble, fmt.Sprintf("start %s: %v", process.Image, notStarted.Err))
		return out.err
	}
	return errors.Join(err, out.err)
}

// trace starts a stand-in with its acts on standard input, and collects what it
// and its descendants say on standard error.
func (a *agent) trace(ctx context.Context, start standin.Start, sink func(event.Observation)) (sensor.Result, []string, error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	defer null.Close()
	input, err := feed(start.Input)
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	defer input.close()
	output, err := collect()
	if err != nil {
		return sensor.Result{}, nil, fmt.Errorf("start: %w", err)
	}
	result, err := a.watch(ctx, sensor.Command{
		Path: start.Path, Args: start.Args, Env: start.Env, Dir: start.Dir,
		Files: [3]*os.File{input.end, null, output.end},
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
