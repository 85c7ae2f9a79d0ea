package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

// liveShips sends the events of a run while it is performed.
type liveShips struct {
	c    *command
	to   []*openShipper
	wait time.Duration

	mutex    sync.Mutex
	contexts map[*plan.Plan]map[string]export.Record
	told     bool // that events cannot be written to disk
}

const shipHelp = "With --ship the events go, as steps are performed, to what a ship block of the scenario or of\n" +
	"--ship-file names; --ship-file alone names all blocks of its file. What a destination has not\n" +
	"taken in the end waits on disk, is reported and changes no exit code: `ringer ship --resume`\n" +
	"sends it. With --repeat the first performance is sent.\n\n"

// shipping returns runs whose events are shipped as they are performed, and which wait, once
// closed, until all is. It fails if a destination cannot be opened; the runs are then closed.
func (c *command) shipping(ctx context.Context, runs openedRuns, to []shipTarget, wait time.Duration) (openedRuns, error) {
	live, err := c.shipLive(ctx, to, runs.id, runs.lab, wait)
	if err != nil {
		return runs, errors.Join(err, runs.close())
	}
	perform, end := runs.run, runs.close
	runs.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		before := with.Recorded
		with.Recorded = func(step runner.StepRecord) {
			if before != nil {
				before(step)
			}
			live.performed(ctx, p, step)
		}
		return perform(ctx, with, p)
	}
	runs.close = func() error {
		err := end()
		live.finish(ctx)
		return err
	}
	return runs, nil
}

// liveFullWait is how long a step waits for room in a full spool.
const liveFullWait = 2 * time.Second

// liveTargets are the destinations that the flags of a run name. It fails with a usage error
// as readShips and named do, and for stdout, which has the report.
func (c *command) liveTargets(set *scenario.Set, flags shipFlags) ([]shipTarget, error) {
	if !flags.given() {
		if len(flags.hosts) > 0 {
			return nil, usageError{errors.New("--ship-to allows a host to ship blocks: name one with --ship")}
		}
		return nil, nil
	}
	ships, err := c.readShips(set, flags.files)
	if err != nil {
		return nil, err
	}
	to, err := ships.named(flags.names, flags.hosts)
	if err != nil {
		return nil, err
	}
	for _, t := range to {
		if t.To == target.Stdout {
			return nil, usageError{fmt.Errorf("ship %q writes to stdout, which has the report of the run: name a file, or use `ringer ship --to %s` afterwards", t.Name, t.Name)}
		}
	}
	return to, nil
}

// shipLive begins to ship a run. It fails if a destination or its spool cannot be opened.
func (c *command) shipLive(ctx context.Context, to []shipTarget, run, lab string, wait time.Duration) (*liveShips, error) {
	live := &liveShips{c: c, wait: wait, contexts: map[*plan.Plan]map[string]export.Record{}}
	sending := context.WithoutCancel(ctx) // finish ends it, so that what is under way ends well
	for _, t := range to {
		c.warnUnencrypted(t)
		o, err := c.startShipment(sending, shipment{Format: shipmentFormat, Run: run, Lab: lab, Ringer: c.Build.Version, Target: t.Target, Remote: t.remote, Complete: true}, liveFullWait)
		if err != nil {
			return nil, errors.Join(err, live.abandon(ctx))
		}
		live.to = append(live.to, o)
	}
	return live, nil
}

// abandon ends what was begun, of a run that does not start.
func (l *liveShips) abandon(ctx context.Context) error {
	var all []error
	for _, o := range l.to {
		_, err := o.shipper.Finish(ctx, ship.Patience{Whole: time.Millisecond})
		all = append(all, err)
	}
	return errors.Join(all...)
}

// warnUnencrypted says that events can be read on the way.
func (c *command) warnUnencrypted(t shipTarget) {
	if t.IsNetwork() && !t.Loopback() && !t.Encrypted() {
		fmt.Fprintf(c.Stderr, "Warning: ship %s: events go to %s without encryption\n", t.Name, t.Host())
	}
}

// performed ships the events of a step that was performed. Which rules alert is not known
// yet.
func (l *liveShips) performed(ctx context.Context, p *plan.Plan, step runner.StepRecord) {
	about := l.context(p)[step.ID]
	for _, e := range step.Events {
		record := about
		record.Event = e
		for _, o := range l.to {
			entries, err := o.encode(record)
			if err == nil {
				err = o.shipper.Ship(ctx, entries...)
			}
			if err != nil && !errors.Is(err, ship.ErrDropped) && ctx.Err() == nil {
				l.tell(o, err)
			}
		}
	}
}

// context is what is known around the events of a plan.
func (l *liveShips) context(p *plan.Plan) map[string]export.Record {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.contexts[p] == nil {
		l.contexts[p] = contextOf(p)
	}
	return l.contexts[p]
}

// tell says once that events cannot be kept.
func (l *liveShips) tell(o *openShipper, err error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.told {
		l.told = true
		fmt.Fprintf(l.c.Stderr, "Warning: ship %s: events are not sent: %v\n", o.Target.Name, err)
	}
}

// finish waits until destinations have taken all, at most as long as the flags say, and
// writes what became of it. It changes no verdict.
func (l *liveShips) finish(ctx context.Context) {
	var group sync.WaitGroup
	all := make([]delivery, len(l.to))
	for i, o := range l.to {
		group.Go(func() { all[i], _ = o.finish(ctx, ship.Patience{Whole: max(l.wait, time.Millisecond)}) }) // it is in what is told
	}
	group.Wait()
	for _, s := range all {
		l.c.tellDelivery(s)
	}
}
