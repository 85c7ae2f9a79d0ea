package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/runner"
)

const reuseHelp = "With --reuse a scenario that an earlier run has performed is taken from that run's\n" +
	"recording, and judged by the rules as they are now, if nothing has changed that it depends\n" +
	"on: its steps, ordinary days and hosts with all their values, ringer itself, the lab, and\n" +
	"the images of real services. A recording that is not as it was sealed, and a performance in\n" +
	"which something broke or was left out, are not reused.\n\n"

// reuser takes performances from recordings that the history knows of.
type reuser struct {
	c        *command
	store    *sqlstore.Store
	where    performance.Where
	run      string
	recorder *recorder

	mutex  sync.Mutex
	opened map[string]*record.Recording // by the file's digest; nil is one that cannot be used
}

// reusing has plans answered by recordings, as far as they can be, and the rest performed.
// It fails if the history cannot be read, or the lab cannot say what it would make assets
// of.
func (c *command) reusing(ctx context.Context, runs openedRuns, plans []*plan.Plan, flags historyFlags) (openedRuns, error) {
	store, err := c.openHistory(ctx, flags, false)
	if errors.Is(err, sqlstore.ErrNone) {
		return runs, nil
	}
	if err != nil {
		return runs, err
	}
	r := &reuser{
		c: c, store: store, run: runs.id, recorder: runs.recorder, opened: map[string]*record.Recording{},
		where: performance.Where{Program: runs.recorder.journal.Head().Ringer.Digest, Lab: runs.in.Name(), Images: map[string]string{}},
	}
	if err := r.askImages(ctx, runs.in, plans); err != nil {
		return runs, errors.Join(err, store.Close())
	}
	perform, end := runs.run, runs.close
	runs.run = func(ctx context.Context, with runner.Runner, p *plan.Plan) (*runner.RunRecord, error) {
		if record := r.take(ctx, with, p); record != nil {
			return record, nil
		}
		return perform(ctx, with, p)
	}
	runs.close = func() error { return errors.Join(end(), r.close()) }
	return runs, nil
}

// askImages asks the lab for the images of the services that plans need. A service whose
// image was not made has none, so that what needs it is performed, and told to be skipped.
func (r *reuser) askImages(ctx context.Context, lab runner.Lab, plans []*plan.Plan) error {
	made, ok := lab.(runner.Imaged)
	if !ok {
		return nil
	}
	for _, p := range plans {
		for _, service := range performance.Services(p) {
			if _, known := r.where.Images[service]; known {
				continue
			}
			id, err := made.Image(ctx, service)
			if err != nil {
				return err
			}
			r.where.Images[service] = id
		}
	}
	return nil
}

// take answers with a recorded performance of a plan; nil is that there is none.
func (r *reuser) take(ctx context.Context, with runner.Runner, p *plan.Plan) *runner.RunRecord {
	key, err := performance.KeyOf(p, r.where)
	if err != nil {
		return nil // it cannot be told what it depends on
	}
	found, err := r.store.Performances(ctx, key)
	if err != nil {
		fmt.Fprintf(r.c.Stderr, "Warning: %s is performed: %v\n", p.Name, err)
		return nil
	}
	with.Observer = nil
	for _, candidate := range found {
		if !candidate.Sound {
			continue
		}
		recording := r.recording(candidate.Recording)
		if recording == nil {
			continue
		}
		record, err := r.from(ctx, with, p, recording, candidate, key)
		if err == nil && record.Sound() {
			return record
		}
		if err != nil {
			fmt.Fprintf(r.c.Stderr, "Warning: %s is not taken from %s: %v\n", p.Name, candidate.Recording.Path, err)
		}
	}
	return nil
}

func (r *reuser) from(ctx context.Context, with runner.Runner, p *plan.Plan, recording *record.Recording, of history.Performance, key performance.Key) (*runner.RunRecord, error) {
	s, err := recording.Scenario(of.Scenario)
	if err != nil {
		return nil, err
	}
	if s.Performance() != string(key) {
		return nil, errors.New("it is of another performance than the history says")
	}
	record, err := s.Reuse(ctx, with, p, r.run, r.recorder.scenario(p))
	if err != nil {
		r.recorder.abandon(p)
		return nil, err
	}
	tail, err := recording.Tail()
	if err == nil && tail != nil {
		r.recorder.addImages(tail.Images)
	}
	return record, err
}

// recording opens a recording once; nil is one that is not there any more, as old ones are
// removed, or that is not the one that the history knows.
func (r *reuser) recording(of history.Recording) *record.Recording {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if known, ok := r.opened[of.Digest]; ok {
		return known
	}
	opened, err := r.open(of)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(r.c.Stderr, "Warning: nothing is taken from %s: %v\n", of.Path, err)
	}
	r.opened[of.Digest] = opened
	return opened
}

func (r *reuser) open(of history.Recording) (*record.Recording, error) {
	digest, err := fileDigest(of.Path)
	if err != nil {
		return nil, err
	}
	recording, err := record.Open(of.Path)
	if err != nil {
		return nil, err
	}
	if digest != of.Digest || !recording.Sealed {
		return nil, errors.Join(errors.New("it is another recording than the history knows"), recording.Close())
	}
	return recording, nil
}

// close ends the reading.
func (r *reuser) close() error {
	failed := []error{r.store.Close()}
	for _, recording := range r.opened {
		if recording != nil {
			failed = append(failed, recording.Close())
		}
	}
	return errors.Join(failed...)
}
