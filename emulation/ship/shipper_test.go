package ship_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/spool"
)

var limits = spool.Limits{Bytes: 1 << 20, Segment: 4096}

// scripted is a destination that answers as it is told, and notes what it is given.
type scripted struct {
	mutex  sync.Mutex
	answer func(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error)
	got    []string
	sends  []time.Time
	closed bool
}

func (s *scripted) Send(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	outcomes, err := s.answer(ctx, batch)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.sends = append(s.sends, time.Now())
	for i, outcome := range outcomes {
		if outcome.Fate == ship.Delivered {
			s.got = append(s.got, batch[i].ID)
		}
	}
	return outcomes, err
}

func (s *scripted) Guarantee() ship.Guarantee { return ship.AtLeastOnce }
func (s *scripted) Close() error              { s.closed = true; return nil }

func takesAll(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	return ship.AllOf(len(batch), ship.Outcome{Fate: ship.Delivered}), nil
}

func numbered(n int) []ship.Entry {
	all := make([]ship.Entry, n)
	for i := range all {
		all[i] = ship.Entry{ID: fmt.Sprintf("%032d", i+1), Time: time.Date(2026, 11, 29, 8, 0, i, 7, time.UTC), Body: fmt.Appendf(nil, `{"n":%d}`, i+1)}
	}
	return all
}

func start(t *testing.T, folder string, of spool.Limits, to ship.Destination, options ship.Options) *ship.Shipper {
	t.Helper()
	opened, err := spool.Open(folder, of)
	require.NoError(t, err)
	s, err := ship.Start(t.Context(), opened, to, options)
	require.NoError(t, err)
	return s
}

func TestWhatIsShippedArrivesInOrderAndTheSpoolGoes(t *testing.T) {
	t.Parallel()
	folder, to, all := t.TempDir()+"/spool", &scripted{answer: takesAll}, numbered(1000)
	s := start(t, folder, limits, to, ship.Options{Batch: 30})
	for i := 0; i < len(all); i += 4 {
		require.NoError(t, s.Ship(t.Context(), all[i:i+4]...))
	}
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, ship.Counts{Made: 1000, Delivered: 1000, Refused: map[string]uint64{}}, counts)
	require.Len(t, to.got, 1000)
	assert.True(t, slices.IsSorted(to.got))
	assert.True(t, to.closed)
	assert.NoDirExists(t, folder)
}

// An entry that is refused, one that must wait and one that was there already are told
// apart, and only what must wait is sent again.
func TestOnlyWhatWasNotTakenIsSentAgain(t *testing.T) {
	t.Parallel()
	var batches []int
	to := &scripted{answer: func(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		batches = append(batches, len(batch))
		outcomes := ship.AllOf(len(batch), ship.Outcome{Fate: ship.Delivered})
		if len(batches) == 1 {
			outcomes[1], outcomes[2], outcomes[3] = ship.Outcome{Reason: "busy"}, ship.Outcome{Fate: ship.Already}, ship.Outcome{Fate: ship.Refused, Reason: "bad\nfield"}
		}
		return outcomes, nil
	}}
	var told []error
	s := start(t, t.TempDir()+"/spool", limits, to, ship.Options{Batch: 5, MaxWait: time.Millisecond, OnFailure: func(err error) { told = append(told, err) }})
	require.NoError(t, s.Ship(t.Context(), numbered(5)...))
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, []int{5, 1}, batches)
	assert.Equal(t, ship.Counts{Made: 5, Delivered: 4, Already: 1, Refused: map[string]uint64{"bad field": 1}}, counts)
	require.Len(t, told, 2)
	require.EqualError(t, told[0], "1 of 5 events were not taken: busy")
	require.NoError(t, told[1])
}

func TestABatchThatIsTooLargeIsHalved(t *testing.T) {
	t.Parallel()
	to := &scripted{}
	to.answer = func(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		if len(batch) > 3 || slices.ContainsFunc(batch, func(e ship.Entry) bool { return string(e.Body) == `{"n":6}` }) {
			return nil, &ship.SplitError{Err: errors.New("413 too large")}
		}
		return takesAll(ctx, batch)
	}
	s := start(t, t.TempDir()+"/spool", limits, to, ship.Options{Batch: 20})
	require.NoError(t, s.Ship(t.Context(), numbered(20)...))
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, ship.Counts{Made: 20, Delivered: 19, Refused: map[string]uint64{"413 too large": 1}}, counts)
	assert.True(t, slices.IsSorted(to.got))
}

// A destination that is down is asked less and less often, and as late as it asks to be.
func TestTheWaitsGrowAndAreAsLongAsTheDestinationAsks(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		failures := 0
		to := &scripted{answer: func(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
			if failures++; failures <= 8 {
				return nil, &ship.RetryError{Err: errors.New("down")}
			}
			if failures == 9 {
				return nil, &ship.RetryError{After: time.Minute, Err: errors.New("busy")}
			}
			return takesAll(ctx, batch)
		}}
		s := start(t, folder+"/spool", limits, to, ship.Options{MaxWait: 2 * time.Second})
		require.NoError(t, s.Ship(t.Context(), numbered(1)...))
		_, err := s.Finish(t.Context(), ship.Patience{})
		require.NoError(t, err)
		require.Len(t, to.sends, 10)
		wait := 100 * time.Millisecond
		for i := range 8 {
			between := to.sends[i+1].Sub(to.sends[i])
			assert.GreaterOrEqual(t, between, wait/2, "wait %d", i)
			assert.LessOrEqual(t, between, wait, "wait %d", i)
			wait = min(2*wait, 2*time.Second)
		}
		assert.GreaterOrEqual(t, to.sends[9].Sub(to.sends[8]), time.Minute)
	})
}

func TestPatienceEndsAndTheRestWaitsForAnotherProcess(t *testing.T) {
	t.Parallel()
	folder, all := t.TempDir()+"/spool", numbered(100)
	up := false
	to := &scripted{answer: func(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		if batch[0].ID > fmt.Sprintf("%032d", 40) && !up {
			return nil, &ship.RetryError{Err: errors.New("down")}
		}
		return takesAll(ctx, batch)
	}}
	s := start(t, folder, limits, to, ship.Options{Batch: 10, MaxWait: time.Millisecond})
	require.NoError(t, s.Ship(t.Context(), all[:90]...))
	counts, err := s.Finish(t.Context(), ship.Patience{Idle: 100 * time.Millisecond})
	require.ErrorIs(t, err, ship.ErrImpatient)
	assert.Equal(t, ship.Counts{Made: 90, Delivered: 40, Refused: map[string]uint64{}, Waiting: 50}, counts)

	up = true
	s = start(t, folder, limits, to, ship.Options{Batch: 10})
	assert.Equal(t, uint64(90), s.Made())
	assert.Equal(t, all[89].ID, s.LastID())
	require.NoError(t, s.Ship(t.Context(), all[90:]...))
	counts, err = s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, ship.Counts{Made: 100, Delivered: 100, Refused: map[string]uint64{}}, counts)
	assert.Len(t, slices.Compact(to.got), 100)
}

func TestAFullSpoolHasALiveRunGoOnAndTellsWhatWasDropped(t *testing.T) {
	t.Parallel()
	folder := t.TempDir() + "/spool"
	small := spool.Limits{Bytes: 1000, Segment: 300}
	to := &scripted{answer: func(context.Context, []ship.Entry) ([]ship.Outcome, error) {
		return nil, &ship.RetryError{Err: errors.New("down")}
	}}
	s := start(t, folder, small, to, ship.Options{MaxWait: time.Millisecond, FullWait: time.Millisecond})
	dropped := 0
	for _, e := range numbered(30) {
		if err := s.Ship(t.Context(), e); err != nil {
			require.ErrorIs(t, err, ship.ErrDropped)
			dropped++
		}
	}
	assert.Greater(t, dropped, 10)
	counts, err := s.Finish(t.Context(), ship.Patience{Whole: 10 * time.Millisecond})
	require.ErrorIs(t, err, ship.ErrImpatient)
	assert.Equal(t, ship.Counts{Made: 30, Refused: map[string]uint64{}, Dropped: uint64(dropped), Waiting: uint64(30 - dropped)}, counts)

	s = start(t, folder, small, &scripted{answer: takesAll}, ship.Options{})
	counts, err = s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, ship.Counts{Made: 30, Delivered: uint64(30 - dropped), Refused: map[string]uint64{}, Dropped: uint64(dropped)}, counts)
}

// What is shipped from a recording waits for room: nothing is dropped.
func TestAFullSpoolHasARecordingWait(t *testing.T) {
	t.Parallel()
	to := &scripted{answer: func(ctx context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		time.Sleep(time.Millisecond)
		return takesAll(ctx, batch)
	}}
	s := start(t, t.TempDir()+"/spool", spool.Limits{Bytes: 1000, Segment: 300}, to, ship.Options{Batch: 5, Keep: true})
	for _, e := range numbered(300) {
		require.NoError(t, s.Ship(t.Context(), e))
	}
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Equal(t, ship.Counts{Made: 300, Delivered: 300, Refused: map[string]uint64{}}, counts)
}

func TestWhatWillNeverGoWellEndsTheWaitForRoom(t *testing.T) {
	t.Parallel()
	wrong := errors.New("403 wrong token")
	to := &scripted{answer: func(context.Context, []ship.Entry) ([]ship.Outcome, error) { return nil, wrong }}
	s := start(t, t.TempDir()+"/spool", spool.Limits{Bytes: 1000, Segment: 300}, to, ship.Options{Keep: true})
	var err error
	for _, e := range numbered(300) {
		if err = s.Ship(t.Context(), e); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, spool.ErrFull)
	require.ErrorIs(t, err, wrong)
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.ErrorIs(t, err, wrong)
	assert.Equal(t, counts.Made, counts.Waiting)
}

// A recording's events are not dropped where the destination is down: the wait ends.
func TestADestinationThatIsDownEndsTheWaitForRoom(t *testing.T) {
	t.Parallel()
	to := &scripted{answer: func(context.Context, []ship.Entry) ([]ship.Outcome, error) {
		return nil, &ship.RetryError{Err: errors.New("down")}
	}}
	s := start(t, t.TempDir()+"/spool", spool.Limits{Bytes: 1000, Segment: 300}, to, ship.Options{Keep: true, FullWait: 20 * time.Millisecond, MaxWait: time.Millisecond})
	var err error
	for _, e := range numbered(300) {
		if err = s.Ship(t.Context(), e); err != nil {
			break
		}
	}
	require.ErrorIs(t, err, spool.ErrFull)
	counts, err := s.Finish(t.Context(), ship.Patience{Whole: time.Millisecond})
	require.ErrorIs(t, err, ship.ErrImpatient)
	assert.Zero(t, counts.Dropped)
}

// What was taken of a batch before its sending ended is not sent again.
func TestTheBeginningOfABatchThatWasTakenIsSettled(t *testing.T) {
	t.Parallel()
	folder := t.TempDir() + "/spool"
	to := &scripted{}
	to.answer = func(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		if len(batch) == 10 {
			return append(ship.AllOf(6, ship.Outcome{Fate: ship.Delivered}), ship.AllOf(4, ship.Outcome{Reason: "busy"})...), nil
		}
		return nil, errors.New("gone")
	}
	s := start(t, folder, limits, to, ship.Options{Batch: 10, MaxWait: time.Millisecond})
	require.NoError(t, s.Ship(t.Context(), numbered(10)...))
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.ErrorContains(t, err, "gone")
	assert.Equal(t, ship.Counts{Made: 10, Delivered: 6, Refused: map[string]uint64{}, Waiting: 4}, counts)
}

func TestReasonsAreBounded(t *testing.T) {
	t.Parallel()
	to := &scripted{answer: func(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
		outcomes := make([]ship.Outcome, len(batch))
		for i, e := range batch {
			outcomes[i] = ship.Outcome{Fate: ship.Refused, Reason: "of " + e.ID}
		}
		return outcomes, nil
	}}
	s := start(t, t.TempDir()+"/spool", limits, to, ship.Options{})
	require.NoError(t, s.Ship(t.Context(), numbered(1000)...))
	counts, err := s.Finish(t.Context(), ship.Patience{})
	require.NoError(t, err)
	assert.Len(t, counts.Refused, 21)
	assert.Equal(t, uint64(980), counts.Refused["other reasons"])
	assert.Equal(t, uint64(1000), counts.AllRefused())
}
