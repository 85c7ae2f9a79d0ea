package reenact

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// Replayer performs replays, many on each asset, one after the other; all that a
// replay did is undone before the next one.
type Replayer struct {
	Runner runner.Runner
	// Run is the id that assets are labelled with.
	Run string
	// On is the host that replays are performed on.
	On asset.Host
	// Assets is how many are open at a time; 1 or more.
	Assets int
	// Done is called for each replay, by its place, once it is over, from several
	// goroutines; it may be nil. Its error ends all.
	Done func(int, Execution) error
}

// Execution is what performing one replay showed, before any rule is asked.
type Execution struct {
	Replay
	// Records has one record for each step; that of a step without a plan is empty.
	Records []runner.StepRecord
	// At is the virtual time of each step.
	At []time.Time
	// Asset is what is known of the asset that it was performed on.
	Asset runner.AssetRecord
	// Unreliable says why the telemetry cannot be relied on: at which step, or that
	// the replay broke its asset. It is "" if it can.
	Unreliable string
}

// ReplayAll performs all replays. An error means that the lab has no asset any
// more, or that the context was cancelled: then nothing is known of the rest.
// Nothing is left when it returns.
func (r Replayer) ReplayAll(ctx context.Context, replays []Replay) ([]Execution, error) {
	executions := make([]Execution, len(replays))
	todo := make(chan int)
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(todo)
		for i := range replays {
			select {
			case todo <- i:
			case <-groupCtx.Done():
				return context.Cause(groupCtx)
			}
		}
		return nil
	})
	for n := range min(r.Assets, len(replays)) {
		group.Go(func() error {
			return r.runHost(groupCtx, fmt.Sprintf("host%d", n+1), todo, func(i int) *Execution {
				executions[i] = Execution{Replay: replays[i]}
				return &executions[i]
			})
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("re-enact: %w", err)
	}
	return executions, nil
}

// runHost performs replays on one asset until there are no more. One that breaks
// its asset is broken itself, and no other: the next one gets a new asset. Only
// where none opens any more is the lab what broke.
func (r Replayer) runHost(ctx context.Context, name string, todo <-chan int, start func(int) *Execution) (err error) {
	var host *runner.OpenAsset
	defer func() {
		if host != nil {
			err = errors.Join(err, host.Close())
		}
	}()
	for i := range todo {
		if host == nil {
			if host, err = r.open(ctx, name); err != nil {
				return err
			}
		}
		execution := start(i)
		execution.Asset = runner.AssetRecord{Name: hostName, IsolationChecks: host.IsolationChecks()}
		if err := r.runReplay(ctx, host, execution); err != nil {
			if ctx.Err() != nil {
				return fmt.Errorf("%s: %w", execution.Name, err)
			}
			execution.Unreliable, execution.Asset.Err = err.Error(), err
			broken := host
			host = nil
			if err := broken.Close(); err != nil {
				return err
			}
		}
		if r.Done != nil {
			if err := r.Done(i, *execution); err != nil {
				return err
			}
		}
	}
	return nil
}

// open opens an asset. Its events are those of a host with the same name on each,
// so that a replay's do not depend on where it was performed.
func (r Replayer) open(ctx context.Context, name string) (*runner.OpenAsset, error) {
	alike := r.Runner
	alike.NewTranslate = func(asset plan.Asset) runner.Translate {
		asset.Name = hostName
		return r.Runner.NewTranslate(asset)
	}
	return alike.Open(ctx, r.Run, plan.Asset{Name: name, Place: r.On})
}

const hostName = "host"

// runReplay performs one and undoes it. The error is what broke the asset.
func (r Replayer) runReplay(ctx context.Context, host *runner.OpenAsset, execution *Execution) error {
	execution.Records = make([]runner.StepRecord, len(execution.Steps))
	execution.At = make([]time.Time, len(execution.Steps))
	for i, step := range execution.Steps {
		execution.At[i] = r.Runner.Now()
		if step.Unsupported != "" {
			continue
		}
		record := host.Perform(ctx, ID(i), step.Plan, execution.At[i])
		execution.Records[i] = record
		if err := host.Broken(); err != nil {
			return err
		}
		if record.Err != nil {
			execution.Unreliable = fmt.Sprintf("%s: %v", ID(i), record.Err)
		}
	}
	undone, err := host.Undo(ctx)
	execution.Asset.Undone = undone
	if err == nil && len(undone.Leftover) > 0 {
		err = fmt.Errorf("undo did not restore the asset: %s", undone.Leftover[0])
	}
	return err
}
