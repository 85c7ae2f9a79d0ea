package farm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Coordinator has the shards of a job performed, each once as far as the ledger can
// tell.
type Coordinator struct {
	Queue  Queue
	Ledger Ledger
	// Folder takes the recordings, a file a key.
	Folder string
	// Check counts the verdicts of a recording. It fails for one that is not a whole one of
	// the shard.
	Check func(path string, shard Shard) (verdicts map[string]int, err error)
	// MaxBytes is the most that a recording may have.
	MaxBytes int64
	// Now is the clock.
	Now func() time.Time
	// Observe is told what happens; it may be nil.
	Observe func(Note)

	mutex    sync.Mutex
	counts   Counts
	failures map[string][]string
}

// Note is one thing that a coordinator tells of.
type Note struct {
	// What is what happened to the shard; Error is why, where something is wrong.
	What     Event
	Shard    Shard
	Finished Finished
	Error    error
}

// Event is what happened to a shard.
type Event string

// The events.
const (
	Offered   Event = "offered"
	Entered   Event = "entered"   // its recording is in the ledger
	Duplicate Event = "duplicate" // it was in the ledger already
	Refused   Event = "refused"   // what was handed in is no whole recording of it
	Broke     Event = "broke"     // the worker could not perform it
	Delayed   Event = "delayed"   // the coordinator could not keep it now
	Lost      Event = "lost"      // the recording that the ledger names is gone
)

// Counts are how often each event happened, and how long shards took.
type Counts struct {
	Planned    int `json:"planned"`
	Kept       int `json:"kept"` // in the ledger before
	Offered    int `json:"offered"`
	Entered    int `json:"entered"`
	Duplicates int `json:"duplicates"`
	Refused    int `json:"refused"`
	Broke      int `json:"broke"`
	Delayed    int `json:"delayed"`
	// Performing is how long workers performed what was entered, Entering how long it took
	// from its delivery to the ledger.
	Performing time.Duration `json:"-"`
	Entering   time.Duration `json:"-"`
}

// mostFailures is how often a shard may break before it is given up.
const mostFailures = 3

// FailedError says that shards could not be performed.
type FailedError struct {
	// Shards are the scenarios that were given up, each with why.
	Scenarios map[string]string
}

// Error counts them and names one.
func (f *FailedError) Error() string {
	for scenario, why := range f.Scenarios {
		return fmt.Sprintf("%d scenarios could not be performed; %s: %s", len(f.Scenarios), scenario, why)
	}
	return "nothing could be performed"
}

// Run offers shards until the ledger has each of them, and returns their entries by key.
// It fails with a *FailedError if some broke too often, and if the ledger or the queue
// cannot be used or ctx ends: what was entered until then stays.
func (c *Coordinator) Run(ctx context.Context, shards []Shard) (map[string]Entry, error) {
	c.failures = map[string][]string{}
	byKey := map[string]Shard{}
	var keys []string
	for _, shard := range shards {
		if _, twice := byKey[shard.Key]; !twice {
			keys = append(keys, shard.Key)
		}
		byKey[shard.Key] = shard
	}
	entries, err := c.Ledger.Entries(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	if err := c.forgetLost(ctx, entries, byKey); err != nil {
		return nil, err
	}
	c.count(func(n *Counts) { n.Planned, n.Kept = len(keys), len(entries) })
	for {
		open := c.open(keys, entries)
		if len(open) == 0 {
			return entries, c.failed(byKey)
		}
		if err := c.offerMissing(ctx, open, byKey); err != nil {
			return entries, err
		}
		delivery, err := c.Queue.Next(ctx)
		switch {
		case ctx.Err() != nil:
			return entries, context.Cause(ctx)
		case err != nil:
			return entries, fmt.Errorf("read queue: %w", err)
		case delivery == nil:
			continue // the queue may have lost something
		}
		for delivery != nil && err == nil {
			c.take(ctx, delivery, byKey, entries)
			if len(c.open(keys, entries)) == 0 {
				break
			}
			// What is at hand is taken before the queue is looked through once more.
			delivery, err = c.Queue.Next(ctx)
		}
		if err != nil && ctx.Err() == nil {
			return entries, fmt.Errorf("read queue: %w", err)
		}
	}
}

// forgetLost removes the entries whose recordings are no longer there, or no longer whole.
func (c *Coordinator) forgetLost(ctx context.Context, entries map[string]Entry, shards map[string]Shard) error {
	for key, entry := range entries {
		_, err := c.Check(entry.Recording, shards[key])
		if err == nil {
			continue
		}
		c.tell(Note{What: Lost, Shard: shards[key], Error: err})
		if err := c.Ledger.Forget(ctx, key); err != nil {
			return fmt.Errorf("write ledger: %w", err)
		}
		delete(entries, key)
	}
	return nil
}

// Counts are those until now.
func (c *Coordinator) Counts() Counts {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.counts
}

func (c *Coordinator) count(change func(*Counts)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	change(&c.counts)
}

// open are the keys that have neither an entry nor failed too often.
func (c *Coordinator) open(keys []string, entries map[string]Entry) []string {
	var open []string
	for _, key := range keys {
		if _, done := entries[key]; !done && len(c.failures[key]) < mostFailures {
			open = append(open, key)
		}
	}
	return open
}

// failed is the error for the shards that were given up; nil if there is none.
func (c *Coordinator) failed(shards map[string]Shard) error {
	out := &FailedError{map[string]string{}}
	for key, why := range c.failures {
		if len(why) >= mostFailures {
			out.Scenarios[shards[key].Scenario] = why[len(why)-1]
		}
	}
	if len(out.Scenarios) == 0 {
		return nil
	}
	return out
}

// offerMissing offers what the queue does not have: at first all, and later what it has
// lost, and what was refused.
func (c *Coordinator) offerMissing(ctx context.Context, open []string, shards map[string]Shard) error {
	queued, err := c.Queue.Queued(ctx)
	if err != nil {
		return fmt.Errorf("read queue: %w", err)
	}
	for _, key := range open {
		if queued[key] {
			continue
		}
		if err := c.Queue.Offer(ctx, shards[key]); err != nil {
			return fmt.Errorf("offer %s: %w", shards[key].Scenario, err)
		}
		c.count(func(n *Counts) { n.Offered++ })
		c.tell(Note{What: Offered, Shard: shards[key]})
	}
	return nil
}

func (c *Coordinator) tell(note Note) {
	if c.Observe != nil {
		c.Observe(note)
	}
}

// take enters what was handed in, or says why not. It is taken out of the queue only
// where the ledger has it, or nobody can use it.
func (c *Coordinator) take(ctx context.Context, delivery Delivery, shards map[string]Shard, entries map[string]Entry) {
	began := c.Now()
	finished := delivery.Finished()
	shard, known := shards[finished.Key]
	note := Note{Shard: shard, Finished: finished}
	if !known {
		note.Shard = finished.Shard
		note.What, note.Error = Refused, errors.New("it is not a shard of this farm")
		c.count(func(n *Counts) { n.Refused++ })
		c.settle(ctx, delivery, &note)
		return
	}
	if _, done := entries[finished.Key]; done {
		note.What = Duplicate
		c.count(func(n *Counts) { n.Duplicates++ })
		c.settle(ctx, delivery, &note)
		return
	}
	if finished.Error != "" {
		note.What, note.Error = Broke, errors.New(finished.Error)
		c.failures[finished.Key] = append(c.failures[finished.Key], finished.Error)
		c.count(func(n *Counts) { n.Broke++ })
		c.settle(ctx, delivery, &note)
		return
	}
	entry, err := c.enter(ctx, delivery, shard)
	var refused *refusedError
	switch {
	case errors.As(err, &refused):
		note.What, note.Error = Refused, err
		c.count(func(n *Counts) { n.Refused++ })
		c.settle(ctx, delivery, &note)
	case err != nil:
		note.What, note.Error = Delayed, err
		c.count(func(n *Counts) { n.Delayed++ })
		if back := delivery.Return(ctx); back != nil {
			note.Error = errors.Join(err, back)
		}
		c.tell(note)
	default:
		entries[shard.Key] = entry
		note.What = Entered
		c.count(func(n *Counts) {
			n.Entered++
			n.Performing += finished.Took
			n.Entering += c.Now().Sub(began)
		})
		c.settle(ctx, delivery, &note)
	}
}

// settle takes a delivery out of the queue. Where that fails it comes again, and is a
// duplicate.
func (c *Coordinator) settle(ctx context.Context, delivery Delivery, note *Note) {
	if err := delivery.Settle(ctx); err != nil && note.Error == nil {
		note.Error = err
	}
	c.tell(*note)
}

// refusedError says that what was handed in is no whole recording of its shard.
type refusedError struct{ error }

func (r *refusedError) Unwrap() error { return r.error }

// enter keeps a recording and writes it into the ledger. It fails with a *refusedError
// for what is none.
func (c *Coordinator) enter(ctx context.Context, delivery Delivery, shard Shard) (Entry, error) {
	finished := delivery.Finished()
	file, err := os.CreateTemp(c.Folder, ".incoming-*")
	if err != nil {
		return Entry{}, fmt.Errorf("keep recording: %w", err)
	}
	defer os.Remove(file.Name()) // it is gone if all went well
	err = c.download(ctx, delivery, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return Entry{}, err
	}
	verdicts, err := c.Check(file.Name(), shard)
	if err != nil {
		return Entry{}, &refusedError{err}
	}
	// By its digest, as another coordinator may enter another recording of the shard.
	path := filepath.Join(c.Folder, finished.Digest+".ringer")
	if err := os.Rename(file.Name(), path); err != nil {
		return Entry{}, fmt.Errorf("keep recording: %w", err)
	}
	entry := Entry{Key: shard.Key, Scenario: shard.Scenario, Recording: path, Digest: finished.Digest, Verdicts: verdicts, Worker: finished.Worker, Took: finished.Took}
	first, err := c.Ledger.Enter(ctx, entry)
	if err == nil && !first {
		var entries map[string]Entry
		entries, err = c.Ledger.Entries(ctx, []string{shard.Key})
		entry = entries[shard.Key]
	}
	if err != nil {
		return Entry{}, fmt.Errorf("write ledger: %w", err)
	}
	return entry, nil
}

// download copies what was uploaded into a file, on the disk, and holds it against its
// digest.
func (c *Coordinator) download(ctx context.Context, delivery Delivery, file *os.File) error {
	finished := delivery.Finished()
	from, err := delivery.Recording(ctx)
	if err != nil {
		return fmt.Errorf("download recording: %w", err)
	}
	defer from.Close()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(file, sum), io.LimitReader(from, c.MaxBytes+1))
	switch {
	case err != nil:
		return fmt.Errorf("download recording: %w", err)
	case n > c.MaxBytes:
		return &refusedError{fmt.Errorf("it has more than %d bytes", c.MaxBytes)}
	case n != finished.Size || hex.EncodeToString(sum.Sum(nil)) != finished.Digest:
		return &refusedError{errors.New("it is not what the worker's digest says")}
	}
	return file.Sync()
}
