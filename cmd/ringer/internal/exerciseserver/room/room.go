package room

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Stream is what a room knows of the events that trainees are shown. It may grow while
// they look.
type Stream interface {
	// Released counts the events at or before a virtual time.
	Released(until time.Time) int
}

// Options are what an exercise is run with.
type Options struct {
	// ID names the exercise in the log.
	ID         string
	Definition exercise.Definition
	Log        exercise.Log
	Truth      *exercise.Truth
	Stream     Stream
	Judges     exercise.Judges
	// Start is the virtual time at which the clock begins.
	Start time.Time
	// Opening is appended where the exercise is new.
	Opening exercise.Opening
	Now     func() time.Time
}

// Room is one exercise as it runs. It may be used by many at the same time.
type Room struct {
	options Options
	state   *exercise.State

	applying sync.Mutex // held while entries are folded: in their order, each once
	keys     sync.Map   // of the entries that are folded, by their keys

	watching watching
	judging  chan struct{} // told that something may wait for its verdict
	board    cachedBoard
	joined   joined
	frozen   atomic.Int64
}

// Open reads the log of an exercise and folds it, or begins it. An exercise that was
// begun before goes on where it was: the time since then does not count. It fails if the
// log does, or if the log has another exercise under that id.
func Open(ctx context.Context, options Options) (*Room, error) {
	r := &Room{
		options: options, state: exercise.NewState(options.Definition, options.Truth), judging: make(chan struct{}, 1),
	}
	if err := r.catchUp(ctx); err != nil {
		return nil, err
	}
	now := options.Now()
	first := exercise.Entry{Kind: exercise.Restart, Key: fmt.Sprintf("restart/%d", now.UnixNano())}
	if r.state.Applied() == 0 {
		first = exercise.Entry{Kind: exercise.Opened, Key: "opened", Opening: &options.Opening}
	}
	if _, err := r.Enter(ctx, first); err != nil {
		return nil, fmt.Errorf("open exercise %s: %w", options.ID, err)
	}
	return r, nil
}

// catchUp folds what the log has and the state does not.
func (r *Room) catchUp(ctx context.Context) error {
	entries, err := r.options.Log.Entries(ctx, r.options.ID, r.state.Applied())
	if err != nil {
		return fmt.Errorf("read the log of exercise %s: %w", r.options.ID, err)
	}
	for _, e := range entries {
		r.apply(e)
	}
	return nil
}

// apply folds an entry that is next, and tells of it.
func (r *Room) apply(e exercise.Entry) {
	r.keys.Store(e.Key, e)
	r.state.Apply(e)
	r.joined.note(e)
	switch e.Kind {
	case exercise.Freeze:
		r.frozen.Store(e.Number)
	case exercise.Thaw:
		r.frozen.Store(0)
	}
	r.watching.changed(e)
	if e.Kind == exercise.RuleIn || e.Kind == exercise.Bought {
		select {
		case r.judging <- struct{}{}:
		default:
		}
	}
}

// settle folds an entry that was appended, with whatever came before it. Several are
// appended at once: the log writes them together.
func (r *Room) settle(ctx context.Context, stored exercise.Entry) error {
	r.applying.Lock()
	defer r.applying.Unlock()
	switch next := r.state.Applied() + 1; {
	case stored.Number < next:
		return nil
	case stored.Number == next:
		r.apply(stored)
		return nil
	}
	return r.catchUp(ctx)
}

// ErrRefused says that an entry is not one that the exercise can take; the error that
// wraps it says why, for whoever made it.
var ErrRefused = errors.New("it cannot be taken")

// Enter appends an entry, at the time that it is now, and folds it. When it returns nil
// the entry is on disk. Where there is one with its key already, that one is returned
// and nothing is written. It fails with [ErrRefused] if the entry is not valid, else if
// the log cannot be written.
func (r *Room) Enter(ctx context.Context, e exercise.Entry) (exercise.Entry, error) {
	if known, ok := r.keys.Load(e.Key); ok {
		return known.(exercise.Entry), nil
	}
	e.At = r.options.Now()
	if clock := r.state.Clock(); clock.Started {
		e.Virtual = clock.Virtual(e.At)
	}
	if err := r.state.Accept(e); err != nil {
		return exercise.Entry{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	// What is handed in is not lost because its sender went away.
	ctx = context.WithoutCancel(ctx)
	stored, err := r.options.Log.Append(ctx, r.options.ID, e)
	if err != nil {
		return exercise.Entry{}, fmt.Errorf("append to the log: %w", err)
	}
	return stored, r.settle(ctx, stored)
}

// State is what the log comes to.
func (r *Room) State() *exercise.State { return r.state }

// Definition is the exercise.
func (r *Room) Definition() exercise.Definition { return r.options.Definition }

// Truth is what was performed. Trainees never see it.
func (r *Room) Truth() *exercise.Truth { return r.options.Truth }

// Now is the wall time.
func (r *Room) Now() time.Time { return r.options.Now() }

// Virtual is the virtual time; before the start that at which the clock will begin.
func (r *Room) Virtual() time.Time {
	clock := r.state.Clock()
	if !clock.Started {
		return r.options.Start
	}
	return clock.Virtual(r.options.Now())
}

// Released counts the events that trainees may see now: none before the start.
func (r *Room) Released() int {
	if !r.state.Clock().Started {
		return 0
	}
	return r.options.Stream.Released(r.Virtual())
}

// Frozen is the number of the entry through which trainees see the board; 0 is the last.
func (r *Room) Frozen() int64 { return r.frozen.Load() }

// Board is how the teams stand, through an entry's number; 0 is the last.
func (r *Room) Board(through int64) exercise.Board {
	return r.board.of(r.state, r.options.Truth, through)
}
