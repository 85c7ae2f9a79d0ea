package room_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/exerciseserver/room"
	"github.com/ringer-lab/ringer/emulation/exercise"
)

// fakeLog keeps entries in memory. lose has the next one be written and an error be
// returned all the same, as when a connection breaks.
type fakeLog struct {
	mutex   sync.Mutex
	entries []exercise.Entry
	lose    bool
}

func (l *fakeLog) Append(_ context.Context, _ string, e exercise.Entry) (exercise.Entry, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, known := range l.entries {
		if known.Key == e.Key {
			return known, nil
		}
	}
	e.Number = int64(len(l.entries) + 1)
	l.entries = append(l.entries, e)
	if l.lose {
		l.lose = false
		return exercise.Entry{}, errors.New("the connection is gone")
	}
	return e, nil
}

func (l *fakeLog) Entries(_ context.Context, _ string, after int64) ([]exercise.Entry, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]exercise.Entry(nil), l.entries[after:]...), nil
}

func (l *fakeLog) Exercises(context.Context) ([]string, error) { return nil, nil }

// everything is a stream of an event a minute.
type everything struct{}

func (everything) Released(until time.Time) int { return int(until.Sub(virtual) / time.Minute) }

var (
	wall    = time.Date(2027, 1, 8, 9, 0, 0, 0, time.UTC)
	virtual = time.Date(2021, 6, 1, 8, 0, 0, 0, time.UTC)
)

func open(t *testing.T, log exercise.Log, judges exercise.Judges) *room.Room {
	t.Helper()
	truth := exercise.NewTruth(nil, func(string) (string, bool) { return "page", true })
	truth.Add(exercise.TrueStep{ID: "page", From: virtual.Add(time.Minute), To: virtual.Add(2 * time.Minute)})
	find := exercise.Target{Steps: []string{"page"}}
	r, err := room.Open(t.Context(), room.Options{
		ID: "first", Log: log, Truth: truth, Stream: everything{}, Judges: judges, Start: virtual, Now: func() time.Time { return wall },
		Definition: exercise.Definition{Pace: 60, Objectives: []exercise.Objective{{Name: "o", Points: 10, Evidence: 1, Find: find, Partial: exercise.DefaultShares(find), Within: time.Hour, Tries: 1}}},
	})
	require.NoError(t, err)
	return r
}

func team(t *testing.T, r *room.Room) {
	t.Helper()
	for _, e := range []exercise.Entry{{Kind: exercise.Team, Key: "t", Team: "blue", Name: "Blue"}, {Kind: exercise.Member, Key: "m", Team: "blue", Member: "ann", Name: "Ann"}} {
		_, err := r.Enter(t.Context(), e)
		require.NoError(t, err)
	}
}

func finding(key string) exercise.Entry {
	return exercise.Entry{Kind: exercise.HandedIn, Key: key, Team: "blue", Member: "ann", Finding: &exercise.Finding{Events: []string{"e"}}}
}

func TestWhatManyEnterAtOnceIsFoldedBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	log := &fakeLog{}
	r := open(t, log, exercise.Judges{})
	team(t, r)
	changed, stop := r.Watch()
	defer stop()
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			stored, err := r.Enter(t.Context(), finding(fmt.Sprint(i)))
			assert.NoError(t, err)
			assert.GreaterOrEqual(t, r.State().Applied(), stored.Number)
		})
	}
	all.Wait()
	<-changed
	assert.Equal(t, int64(203), r.State().Applied())
	assert.Equal(t, r.Changes().Board, r.State().Applied())
	state, _ := r.State().Team("blue")
	assert.Len(t, state.HandedIn, 200)
	again := exercise.Fold(r.Definition(), r.Truth(), log.entries)
	assert.Equal(t, r.Board(0), again.Board())
}

func TestAnEntryOfWhichNobodyKnowsIfItWasWrittenIsTriedAgain(t *testing.T) {
	t.Parallel()
	log := &fakeLog{}
	r := open(t, log, exercise.Judges{})
	team(t, r)
	log.lose = true
	_, err := r.Enter(t.Context(), finding("k"))
	require.ErrorContains(t, err, "append to the log: the connection is gone")
	stored, err := r.Enter(t.Context(), finding("later"))
	require.NoError(t, err)
	assert.Equal(t, int64(5), stored.Number)
	assert.Equal(t, int64(5), r.State().Applied(), "the one before it was read from the log")
	stored, err = r.Enter(t.Context(), finding("k"))
	require.NoError(t, err)
	assert.Equal(t, int64(4), stored.Number)
	assert.Len(t, log.entries, 5)
}

func TestWhatTheExerciseCannotTakeIsRefused(t *testing.T) {
	t.Parallel()
	log := &fakeLog{}
	r := open(t, log, exercise.Judges{})
	for _, e := range []exercise.Entry{finding("k"), {Kind: exercise.Note, Key: "n"}, {Kind: "nonsense", Key: "x"}, {Kind: exercise.Note, Text: "without a key"}} {
		_, err := r.Enter(t.Context(), e)
		require.ErrorIs(t, err, room.ErrRefused)
	}
	assert.Len(t, log.entries, 1)
}

// failing fails once, then finds nothing.
type failing struct{ left int }

func (f *failing) JudgeRule(context.Context, string) (exercise.RuleVerdict, error) {
	if f.left--; f.left >= 0 {
		return exercise.RuleVerdict{}, errors.New("not now")
	}
	return exercise.RuleVerdict{}, nil
}

func TestARuleIsJudgedAgainWhereItsJudgeFailed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &fakeLog{}
		r := open(t, log, exercise.Judges{Rules: &failing{left: 1}})
		team(t, r)
		ctx, stop := context.WithCancel(t.Context())
		var broke []error
		var running sync.WaitGroup
		running.Go(func() { r.Run(ctx, func(err error) { broke = append(broke, err) }) })
		_, err := r.Enter(ctx, exercise.Entry{Kind: exercise.RuleIn, Key: "r", Team: "blue", Member: "ann", Rule: &exercise.Rule{Text: "title: x"}})
		require.NoError(t, err)
		time.Sleep(time.Minute)
		stop()
		running.Wait()
		require.Len(t, broke, 1)
		assert.ErrorContains(t, broke[0], "not now")
		assert.Empty(t, r.State().Unjudged())
	})
}

func TestTheClockStandsUntilItIsStarted(t *testing.T) {
	t.Parallel()
	r := open(t, &fakeLog{}, exercise.Judges{})
	assert.Zero(t, r.Released())
	assert.Equal(t, virtual, r.Virtual())
	at, ok := r.Next()
	require.True(t, ok)
	assert.Equal(t, virtual.Add(2*time.Minute), at)
	_, err := r.Enter(t.Context(), r.Begin("s"))
	require.NoError(t, err)
	_, err = r.Enter(t.Context(), exercise.Entry{Kind: exercise.Jump, Key: "j", To: virtual.Add(time.Hour)})
	require.NoError(t, err)
	assert.Equal(t, 60, r.Released())
	_, ok = r.Next()
	assert.False(t, ok)
}
