package exercise_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

var (
	wall    = time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)
	virtual = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
)

func TestTheClockIsAFoldOverItsEntries(t *testing.T) {
	t.Parallel()
	at := func(seconds int) time.Time { return wall.Add(time.Duration(seconds) * time.Second) }
	start := exercise.Entry{Kind: exercise.Start, At: at(0), To: virtual}
	tests := []struct {
		name    string
		entries []exercise.Entry
		at      int
		want    time.Duration // virtual time since the start
		ran     time.Duration
	}{
		{"runs at its pace", []exercise.Entry{start}, 10, 600 * time.Second, 10 * time.Second},
		{"shows the start to a wall time before it", []exercise.Entry{start}, -5, 0, 0},
		{"stands while paused", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}}, 100, 600 * time.Second, 10 * time.Second},
		{"goes on after a pause", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}, {Kind: exercise.Resume, At: at(40)}}, 50, 1200 * time.Second, 20 * time.Second},
		{"a second pause changes nothing", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}, {Kind: exercise.Pause, At: at(20)}}, 100, 600 * time.Second, 10 * time.Second},
		{"a second start changes nothing", []exercise.Entry{start, {Kind: exercise.Start, At: at(10), To: virtual}}, 20, 1200 * time.Second, 20 * time.Second},
		{"a new pace counts from then on", []exercise.Entry{start, {Kind: exercise.SetPace, At: at(10), Pace: 1}}, 20, 610 * time.Second, 20 * time.Second},
		{"a pace before the start counts", []exercise.Entry{{Kind: exercise.SetPace, At: at(-10), Pace: 2}, start}, 10, 20 * time.Second, 10 * time.Second},
		{"a pace that is not a number counts as none", []exercise.Entry{start, {Kind: exercise.SetPace, At: at(10), Pace: -1}}, 20, 1200 * time.Second, 20 * time.Second},
		{"steps to the next moment and stands", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}, {Kind: exercise.Step, At: at(20), To: virtual.Add(time.Hour)}}, 100, time.Hour, 10 * time.Second},
		{"jumps and runs on", []exercise.Entry{start, {Kind: exercise.Jump, At: at(10), To: virtual.Add(time.Hour)}}, 20, time.Hour + 600*time.Second, 20 * time.Second},
		{"does not jump back", []exercise.Entry{start, {Kind: exercise.Jump, At: at(10), To: virtual}}, 20, 1200 * time.Second, 20 * time.Second},
		{"stands after the end", []exercise.Entry{start, {Kind: exercise.End, At: at(10)}, {Kind: exercise.Resume, At: at(20)}}, 100, 600 * time.Second, 10 * time.Second},
		{"does not count the time that the server was away", []exercise.Entry{start, {Kind: exercise.HandedIn, At: at(10)}, {Kind: exercise.Restart, At: at(500)}}, 510, 1200 * time.Second, 20 * time.Second},
		{"stays paused over a restart", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}, {Kind: exercise.Restart, At: at(500)}}, 600, 600 * time.Second, 10 * time.Second},
		{"does not go back with the wall clock", []exercise.Entry{start, {Kind: exercise.Pause, At: at(10)}, {Kind: exercise.Resume, At: at(5)}}, 20, 1200 * time.Second, 20 * time.Second},
		{"a wall clock far off does not overflow it", []exercise.Entry{start, {Kind: exercise.SetPace, At: at(0), Pace: exercise.MaxPace}}, 1 << 31, 200 * 365 * 24 * time.Hour, 1 << 31 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			clock := exercise.NewClock(60)
			for _, e := range test.entries {
				clock = clock.Apply(e)
			}
			assert.Equal(t, test.want, clock.Virtual(at(test.at)).Sub(virtual))
			assert.Equal(t, test.ran, clock.Ran(at(test.at)))
		})
	}
}

func TestTheClockSaysWhenItWillShowATime(t *testing.T) {
	t.Parallel()
	clock := exercise.NewClock(60)
	_, ok := clock.Wall(virtual)
	assert.False(t, ok, "it has not been started")
	assert.True(t, clock.Virtual(wall).IsZero())
	clock = clock.Apply(exercise.Entry{Kind: exercise.Start, At: wall, To: virtual})
	when, ok := clock.Wall(virtual.Add(time.Hour))
	assert.True(t, ok)
	assert.Equal(t, wall.Add(time.Minute), when)
	assert.Equal(t, virtual.Add(time.Hour), clock.Virtual(when))
}
