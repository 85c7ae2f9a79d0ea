package ship

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"sync"
	"time"

	"github.com/ringer-lab/ringer/emulation/ship/spool"
)

// Options are how entries are sent. The zero value takes the defaults.
type Options struct {
	// Batch is the most entries of a batch (default 500), BatchBytes the most bytes of
	// them together (default 4 MiB).
	Batch      int
	BatchBytes int64
	// MaxWait bounds the wait between attempts (default [DefaultMaxWait]).
	MaxWait time.Duration
	// FullWait is how long Ship waits for room in the spool while the destination takes
	// nothing (default a minute). Then Keep has it fail; without Keep it drops the entry.
	FullWait time.Duration
	Keep     bool
	// OnFailure is called when the destination begins to fail, with what it says, and
	// with nil when it takes entries again; it may be nil. It must not wait.
	OnFailure func(err error)
}

func (o Options) withDefaults() Options {
	if o.Batch <= 0 {
		o.Batch = 500
	}
	if o.BatchBytes <= 0 {
		o.BatchBytes = 4 << 20
	}
	if o.FullWait <= 0 {
		o.FullWait = time.Minute
	}
	if o.MaxWait <= 0 {
		o.MaxWait = DefaultMaxWait
	}
	if o.OnFailure == nil {
		o.OnFailure = func(error) {}
	}
	return o
}

// Shipper sends what it is given to one destination. Ship may be called by several
// goroutines.
type Shipper struct {
	spool   *spool.Spool
	to      Destination
	options Options
	stop    context.CancelCauseFunc
	done    chan struct{} // closed when nothing is sent any more
	retry   backoff
	failing bool

	mutex sync.Mutex
	// stuck is set once an entry was dropped, until something is settled: no other waits
	// for room meanwhile.
	stuck bool
	kept  state
	err   error // why nothing is sent any more; nil if all was
}

// state is what is kept with the position in the spool.
type state struct {
	Delivered uint64            `json:"delivered"`
	Already   uint64            `json:"already"`
	Refused   map[string]uint64 `json:"refused,omitempty"`
	Dropped   uint64            `json:"dropped,omitempty"`
	Cursor    string            `json:"cursor,omitempty"`
}

// Start begins to send what waits in a spool, and what will. Both are the shipper's from
// then on: Finish closes them. It fails if what the spool kept cannot be used.
func Start(ctx context.Context, from *spool.Spool, to Destination, options Options) (*Shipper, error) {
	s := &Shipper{spool: from, to: to, options: options.withDefaults(), done: make(chan struct{})}
	s.retry.most = s.options.MaxWait
	if text := from.State(); text != nil {
		if err := json.Unmarshal(text, &s.kept); err != nil {
			return nil, fmt.Errorf("read the counts of the spool: %w", err)
		}
	}
	if s.kept.Refused == nil {
		s.kept.Refused = map[string]uint64{}
	}
	if to, ok := to.(Resumable); ok {
		if err := to.Resume(s.kept.Cursor); err != nil {
			return nil, fmt.Errorf("go on with what was sent: %w", err)
		}
		to.OnCursor(func() error { return s.settle(0, s.keptNow()) })
	}
	if err := s.Counts().Check(); err != nil {
		return nil, err
	}
	ctx, s.stop = context.WithCancelCause(ctx)
	go func() {
		defer close(s.done)
		err := s.sendAll(ctx)
		s.mutex.Lock()
		s.err = err
		s.mutex.Unlock()
	}()
	return s, nil
}

// ErrDropped says that entries were dropped, and counted, as the spool was full.
var ErrDropped = errors.New("the spool is full and the destination takes nothing")

// Ship puts the entries of one event into the spool, all or none, and waits if that is
// full. It fails with ErrDropped, or where none may be dropped with spool.ErrFull and why
// nothing is sent any more; with the cause of ctx; or if they cannot be written to disk.
func (s *Shipper) Ship(ctx context.Context, entries ...Entry) error {
	texts := make([][]byte, len(entries))
	for i := range entries {
		texts[i] = entries[i].encode()
	}
	err := s.spool.Append(texts...)
	for errors.Is(err, spool.ErrFull) && !s.isStuck() {
		if err = s.awaitRoom(ctx); err != nil {
			break
		}
		err = s.spool.Append(texts...)
	}
	if !errors.Is(err, spool.ErrFull) {
		return err
	}
	if s.options.Keep {
		return errors.Join(err, s.Err())
	}
	s.drop(len(entries))
	return ErrDropped
}

// awaitRoom waits until something is settled. It fails with spool.ErrFull if that takes too
// long or nothing is sent any more, or with the cause of ctx.
func (s *Shipper) awaitRoom(ctx context.Context) error {
	waiting, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(s.options.FullWait, func() { cancel(spool.ErrFull) })
	defer timer.Stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-s.done:
			cancel(spool.ErrFull)
		case <-waiting.Done():
		}
	}()
	err := s.spool.AwaitRoom(waiting)
	cancel(nil)
	<-ended
	return err
}

// drop counts entries that could not be put into the spool.
func (s *Shipper) drop(n int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.kept.Dropped += uint64(n)
	s.stuck = true
}

func (s *Shipper) isStuck() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.stuck
}

// Made is how many entries are in the spool or were.
func (s *Shipper) Made() uint64 { return s.spool.Made() }

// LastID is the id of the newest entry in the spool; "" if it has none.
func (s *Shipper) LastID() string {
	last, err := decode(s.spool.Last())
	if err != nil {
		return ""
	}
	return last.ID
}

// Err is why nothing is sent any more; nil while it is, and after all was.
func (s *Shipper) Err() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.err
}

// Counts are those of now.
func (s *Shipper) Counts() Counts {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	made, settled := s.spool.Made(), s.spool.Settled()
	return Counts{
		Made: made + s.kept.Dropped, Delivered: s.kept.Delivered, Already: s.kept.Already,
		Refused: maps.Clone(s.kept.Refused), Dropped: s.kept.Dropped, Waiting: made - settled,
	}
}

// keptNow is what is kept, as a copy.
func (s *Shipper) keptNow() state {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	now := s.kept
	now.Refused = maps.Clone(s.kept.Refused)
	return now
}

// sendAll sends until nothing more comes. It fails with the cause of ctx, if the spool
// cannot be read or written, and as the destination does for good.
func (s *Shipper) sendAll(ctx context.Context) error {
	for {
		batch, err := s.spool.Take(ctx, s.options.Batch, s.options.BatchBytes)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		entries, err := decodeAll(batch.Entries)
		if err != nil {
			return err
		}
		fates := make([]Outcome, len(entries))
		failed := s.deliver(ctx, entries, fates)
		if err := s.conclude(batch, fates); err != nil || failed != nil {
			return errors.Join(failed, err)
		}
	}
}

// deliver hands entries over until each has a fate. It fails with the cause of ctx, or as
// the destination does for good; fates are then those that are known.
func (s *Shipper) deliver(ctx context.Context, entries []Entry, fates []Outcome) error {
	left := make([]int, len(entries)) // indexes of those without a fate
	for i := range left {
		left[i] = i
	}
	for len(left) > 0 {
		batch := make([]Entry, len(left))
		for i, at := range left {
			batch[i] = entries[at]
		}
		outcomes, err := s.to.Send(ctx, batch)
		if ctx.Err() != nil && err != nil {
			return context.Cause(ctx)
		}
		var after time.Duration
		if split, ok := errors.AsType[*SplitError](err); ok {
			if len(batch) > 1 {
				return s.deliverHalves(ctx, entries, fates, left)
			}
			outcomes, err = AllOf(1, Outcome{Refused, split.Error()}), nil
		}
		if retry, ok := errors.AsType[*RetryError](err); ok {
			after = retry.After
		} else if err != nil {
			return err
		}
		left, err = note(fates, left, outcomes, err)
		if err == nil {
			s.recovered()
			continue
		}
		if err := s.wait(ctx, after, err); err != nil {
			return err
		}
	}
	return nil
}

// note writes down what became of a batch. What is left is sent again; the error is why
// that has to wait.
func note(fates []Outcome, left []int, outcomes []Outcome, failed error) ([]int, error) {
	if failed != nil {
		return left, failed
	}
	var again []int
	reason := ""
	for i, at := range left {
		if i >= len(outcomes) || outcomes[i].Fate == Again {
			again = append(again, at)
			if i < len(outcomes) {
				reason = outcomes[i].Reason
			}
			continue
		}
		fates[at] = outcomes[i]
	}
	if len(again) > 0 {
		return again, fmt.Errorf("%d of %d events were not taken: %s", len(again), len(left), reason)
	}
	return nil, nil
}

// deliverHalves delivers what is left in two parts, the first before the second.
func (s *Shipper) deliverHalves(ctx context.Context, entries []Entry, fates []Outcome, left []int) error {
	for _, part := range [][]int{left[:len(left)/2], left[len(left)/2:]} {
		some, ended := make([]Entry, len(part)), make([]Outcome, len(part))
		for i, at := range part {
			some[i] = entries[at]
		}
		err := s.deliver(ctx, some, ended)
		for i, at := range part {
			fates[at] = ended[i]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// conclude settles the entries at the beginning of a batch that have a fate.
func (s *Shipper) conclude(batch spool.Batch, fates []Outcome) error {
	next, settled := s.keptNow(), 0
	for _, outcome := range fates {
		if outcome.Fate == Again {
			break
		}
		settled++
		switch outcome.Fate {
		case Delivered:
			next.Delivered++
		case Already:
			next.Delivered++
			next.Already++
		case Refused:
			next.refuse(outcome.Reason)
		case Again:
		}
	}
	if settled == 0 {
		return nil
	}
	return s.settle(batch.First+uint64(settled)-1, next)
}

// settle writes position and state; what was dropped meanwhile is added. An upTo of 0
// changes the state alone.
func (s *Shipper) settle(upTo uint64, next state) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	next.Dropped = s.kept.Dropped
	if to, ok := s.to.(Resumable); ok {
		next.Cursor = to.Cursor()
	}
	if err := s.spool.Settle(upTo, next); err != nil {
		return err
	}
	s.kept, s.stuck = next, s.stuck && upTo == 0
	return nil
}

// wait waits before the next attempt. It fails with the cause of ctx.
func (s *Shipper) wait(ctx context.Context, after time.Duration, why error) error {
	if !s.failing {
		s.failing = true
		s.options.OnFailure(why)
	}
	timer := time.NewTimer(s.retry.next(after))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

func (s *Shipper) recovered() {
	s.retry.reset()
	if s.failing {
		s.failing = false
		s.options.OnFailure(nil)
	}
}
