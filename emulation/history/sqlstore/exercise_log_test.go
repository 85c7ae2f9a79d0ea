package sqlstore_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
)

// logs are the databases that the log of an exercise can be in, each with its name.
func logs(t *testing.T, test func(t *testing.T, name string)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, filepath.Join(t.TempDir(), "history.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, postgres(t))
	})
}

func openedLog(t *testing.T, name string) *sqlstore.ExerciseLog {
	t.Helper()
	log, err := sqlstore.OpenExerciseLog(t.Context(), name)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, log.Close()) })
	return log
}

// handedIn is a finding with text of a stranger.
func handedIn(key string) exercise.Entry {
	return exercise.Entry{
		At: began, Virtual: began.Add(-24 * time.Hour), Key: key, Kind: exercise.HandedIn, Team: "a", Member: "ann",
		Finding: &exercise.Finding{Technique: "T1505.003", Host: "'; DROP TABLE exercise_log; --", Time: began, Events: []string{"e1", "e2"}, Note: "<script>alert(1)</script>\n{{ . }} = ∞ $1 ?"},
	}
}

func TestEntriesComeBackAsTheyWereAppendedWithNumbersWithoutAGap(t *testing.T) {
	t.Parallel()
	logs(t, func(t *testing.T, name string) {
		log := openedLog(t, name)
		empty, err := log.Entries(t.Context(), "first", 0)
		require.NoError(t, err)
		assert.Empty(t, empty)
		east := handedIn("k2")
		east.At = began.Add(time.Hour).In(time.FixedZone("east", 3600))
		want := []exercise.Entry{
			{At: began, Key: "k1", Kind: exercise.Opened, Opening: &exercise.Opening{Definition: exercise.Definition{Name: "first", Pace: 60}, Seed: "s"}},
			east.UTC(), {At: began, Key: "k3", Kind: exercise.SetPace, Pace: 240},
		}
		for i, e := range []exercise.Entry{want[0], east, want[2]} {
			want[i].Number = int64(i + 1)
			e.Number = 77 // the log's to say
			got, err := log.Append(t.Context(), "first", e)
			require.NoError(t, err)
			assert.Equal(t, want[i], got)
		}
		_, err = log.Append(t.Context(), "second", exercise.Entry{At: began.Add(time.Minute), Key: "k1", Kind: exercise.Pause})
		require.NoError(t, err, "another exercise has keys and numbers of its own")

		again := handedIn("k2")
		again.Team = "b"
		stored, err := log.Append(t.Context(), "first", again)
		require.NoError(t, err)
		assert.Equal(t, want[1], stored, "the first entry with a key is the one")

		require.NoError(t, log.Close())
		_, err = log.Append(t.Context(), "first", handedIn("k4"))
		require.ErrorContains(t, err, "closed")
		require.NoError(t, log.Close(), "twice is fine")

		reopened := openedLog(t, name)
		got, err := reopened.Entries(t.Context(), "first", 0)
		require.NoError(t, err)
		assert.Equal(t, want, got)
		rest, err := reopened.Entries(t.Context(), "first", 2)
		require.NoError(t, err)
		assert.Equal(t, want[2:], rest)
		names, err := reopened.Exercises(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []string{"second", "first"}, names)
	})
}

func TestALogInAFileWaitsForTheDisk(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "history.db")
	opened(t, name) // a history is made with less
	how, err := openedLog(t, name).Synchronous(t.Context())
	require.NoError(t, err)
	assert.Equal(t, 2, how)
}

func TestWhatIsNotAnEntryIsNotAppended(t *testing.T) {
	t.Parallel()
	logs(t, func(t *testing.T, name string) {
		log := openedLog(t, name)
		for want, e := range map[string]exercise.Entry{
			"key must not be empty":       {Kind: exercise.Pause},
			"there is no such kind":       {Key: "k", Kind: "x"},
			"must not have the character": {Key: "k\x00", Kind: exercise.Pause},
			"at most 4000":                {Key: "k", Kind: exercise.Note, Text: string(make([]byte, 5000))},
		} {
			_, err := log.Append(t.Context(), "first", e)
			require.ErrorContains(t, err, want)
		}
		_, err := log.Append(t.Context(), "", handedIn("k"))
		require.ErrorContains(t, err, "must have a name")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, _ = log.Append(ctx, "first", handedIn("cancelled")) // it may be there or not
		stored, err := log.Append(t.Context(), "first", handedIn("cancelled"))
		require.NoError(t, err, "trying again is safe")
		assert.Equal(t, int64(1), stored.Number)
	})
}

func TestEntriesOfManyAreEachThereOnce(t *testing.T) {
	t.Parallel()
	logs(t, func(t *testing.T, name string) {
		const writers, each = 40, 10
		// Two logs on one history, as of a server and of a command beside it.
		both := []*sqlstore.ExerciseLog{openedLog(t, name), openedLog(t, name)}
		var group sync.WaitGroup
		numbers := make([][]int64, writers)
		for w := range writers {
			group.Go(func() {
				for i := range each {
					key := fmt.Sprintf("%d/%d", w%(writers/2), i) // two writers have the same keys
					stored, err := both[w%2].Append(t.Context(), "first", handedIn(key))
					if assert.NoError(t, err) && assert.Equal(t, key, stored.Key) {
						numbers[w] = append(numbers[w], stored.Number)
					}
				}
			})
		}
		group.Wait()
		for w := range writers / 2 {
			assert.Equal(t, numbers[w], numbers[w+writers/2], "one key, one entry")
		}
		entries, err := both[0].Entries(t.Context(), "first", 0)
		require.NoError(t, err)
		require.Len(t, entries, writers/2*each)
		for i, e := range entries {
			require.Equal(t, int64(i+1), e.Number)
		}
	})
}

// Scores that are computed again of the log are those that were shown while entries came.
func TestScoresOfTheLogAreThoseThatWereShown(t *testing.T) {
	t.Parallel()
	logs(t, func(t *testing.T, name string) {
		log := openedLog(t, name)
		definition := exercise.Definition{Name: "first", Pace: 60, Wrong: -5, Objectives: []exercise.Objective{{
			Name: "page", Points: 30, Find: exercise.Target{Steps: []string{"page"}}, Evidence: 2, Tries: 3, Partial: exercise.Shares{Technique: 0.5, Evidence: 0.5}}}}
		truth := exercise.NewTruth(nil, func(event string) (string, bool) { return map[string]string{"e1": "page", "e2": "page"}[event], true })
		truth.Add(exercise.TrueStep{ID: "page", Technique: "T1505.003", Events: []string{"e1", "e2"}})
		shown := exercise.NewState(definition, truth)
		var mu sync.Mutex
		var all []exercise.Entry
		take := func(e exercise.Entry) {
			stored, err := log.Append(t.Context(), "first", e)
			if !assert.NoError(t, err) {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, stored)
			shown.Apply(stored)
		}
		take(exercise.Entry{At: began, Key: "t", Kind: exercise.Team, Team: "a", Name: "Blue"})
		take(exercise.Entry{At: began, Key: "m", Kind: exercise.Member, Team: "a", Member: "ann", Name: "Ann"})
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				e := handedIn(fmt.Sprint(i))
				switch i % 3 {
				case 0:
					e.Finding.Events = []string{"ordinary"}
				case 1:
					e.Finding.Events = e.Finding.Events[:1]
				}
				take(e)
			})
		}
		group.Wait()
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		entries, err := openedLog(t, name).Entries(t.Context(), "first", 0)
		require.NoError(t, err)
		want, _ := shown.Team("a")
		assert.NotZero(t, want.Points)
		for _, again := range [][]exercise.Entry{entries, all, slices.Concat(entries, all)} {
			got, _ := exercise.Fold(definition, truth, again).Team("a")
			assert.Equal(t, want, got)
		}
	})
}
