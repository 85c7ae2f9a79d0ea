package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func TestRunsComeBackAsTheyWereKeptTheNewestFirst(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		first, second, other := run(1), run(2, missed, alarming, mutated(3, 1)), run(3, func(r *history.Run) { r.Lab = "fake" })
		part := run(4, func(r *history.Run) { r.Part = "2/4" })
		put(t, store, second, first, part, other)
		all, err := store.Runs(t.Context(), history.Query{Last: 10})
		require.NoError(t, err)
		assert.Equal(t, []history.Entry{entry(part), entry(other), entry(second), entry(first)}, all)
		assert.Empty(t, part.Series(), "no run is like a part of one")
		same, err := store.Runs(t.Context(), history.Query{Last: 1, Series: first.Series()})
		require.NoError(t, err)
		assert.Equal(t, []history.Entry{entry(second)}, same)
		assert.Equal(t, history.Counts{
			Scenarios: 1, Steps: 1, Expectations: 3, Missed: 1, Techniques: 1, Alarms: 1, Killed: 3, Tested: 4,
		}, same[0].Counts)
	})
}

func TestARunThatIsPutAgainTakesItsOwnPlace(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		put(t, store, run(1, mutated(1, 1)), run(1, missed))
		all, err := store.Runs(t.Context(), history.Query{Last: 10})
		require.NoError(t, err)
		assert.Equal(t, []history.Entry{entry(run(1, missed, mutated(1, 1)))}, all, "what was measured of its rules stays")
		known, err := store.PutMutation(t.Context(), run(1).ID, []history.Mutation{{Rule: fired, Title: "A Page", Killed: 4}})
		require.NoError(t, err)
		assert.True(t, known)
		known, err = store.PutMutation(t.Context(), "another", nil)
		require.NoError(t, err)
		assert.False(t, known)
		all, err = store.Runs(t.Context(), history.Query{Last: 10})
		require.NoError(t, err)
		assert.Equal(t, 4, all[0].Tested)
	})
}

func TestAnExpectationIsFlakyIfNothingElseDiffers(t *testing.T) {
	t.Parallel()
	otherRules := func(r *history.Run) { r.Rules = "rules-2" }
	otherKey := func(r *history.Run) { r.Scenarios[0].Performance = "key-2" }
	unknownKey := func(r *history.Run) { r.Scenarios[0].Performance = "" }
	reused := func(r *history.Run) { r.Scenarios[0].Reused = run(1).ID }
	for _, tt := range []struct {
		name      string
		runs      []history.Run
		differing int
	}{
		{"the same verdict", []history.Run{run(1), run(2)}, 0},
		{"another verdict", []history.Run{run(1), run(2), run(3, missed)}, 1},
		{"other rules", []history.Run{run(1), run(2, missed, otherRules)}, 0},
		{"another performance", []history.Run{run(1), run(2, missed, otherKey)}, 0},
		{"a performance that is not known", []history.Run{run(1, unknownKey), run(2, missed, unknownKey)}, 0},
		{"one that was reused", []history.Run{run(1), run(2, missed, reused)}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stores(t, func(t *testing.T, store history.Store) {
				put(t, store, tt.runs...)
				flaky, err := store.Flaky(t.Context(), history.Query{Last: 10})
				require.NoError(t, err)
				if tt.differing == 0 {
					assert.Empty(t, flaky)
					return
				}
				assert.Equal(t, []history.Flake{{
					Place:       history.Place{Scenario: "page", Step: "drop"},
					Expectation: history.Expectation{Detector: "sigma", Rule: fired, Shape: event.Native, Want: verdict.Fires},
					Title:       "A Page", Verdicts: map[verdict.Verdict]int{verdict.Detected: 2, verdict.Missed: 1}, Judged: 3, Differing: tt.differing,
				}}, flaky)
			})
		})
	}
}

func TestARuleHasItsOwnHistory(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		put(t, store, run(1), run(2, missed), run(3, alarming, mutated(3, 1)))
		named, err := store.RulesNamed(t.Context(), "1111")
		require.NoError(t, err)
		assert.Equal(t, []history.RuleName{{ID: fired, Title: "A Page"}}, named)
		named, err = store.RulesNamed(t.Context(), "another")
		require.NoError(t, err)
		assert.Equal(t, []history.RuleName{{ID: quiet, Title: "Another"}}, named)
		named, err = store.RulesNamed(t.Context(), "%")
		require.NoError(t, err)
		assert.Empty(t, named, "it is no pattern")

		of, err := store.Rule(t.Context(), fired, 10)
		require.NoError(t, err)
		assert.Len(t, of.Runs, 3)
		assert.Equal(t, run(1).ID, of.Runs[0].ID, "the oldest comes first")
		require.Len(t, of.Places, 2)
		assert.Equal(t, history.RulePlace{
			Place: history.Place{Scenario: "page", Step: "drop"}, Expectation: history.Expectation{Detector: "sigma", Rule: fired, Shape: event.Native, Want: verdict.Fires},
			Verdicts: map[int]verdict.Verdict{0: verdict.Detected, 1: verdict.Missed, 2: verdict.Detected},
			After:    []time.Duration{5 * time.Millisecond, 5 * time.Millisecond}, Judged: 3, Differing: 1,
		}, of.Places[1])
		assert.True(t, of.Places[0].Baseline, "ordinary days come first, as they are performed first")
		assert.Equal(t, []history.RuleMutation{{Run: run(3).ID, Started: run(3).Started, Killed: 3, Survived: 1}}, of.Mutation)
		of, err = store.Rule(t.Context(), quiet, 1)
		require.NoError(t, err)
		assert.Equal(t, []history.RuleAlarm{{Place: history.Place{Scenario: "page", Step: "day", Baseline: true}, Level: "high", Runs: 1}}, of.Alarms)
		assert.Len(t, of.Runs, 1)
		of, err = store.Rule(t.Context(), "unknown", 1)
		require.NoError(t, err)
		assert.Empty(t, of.Runs)
	})
}

func TestDurationsAreThoseOfWholeRuns(t *testing.T) {
	t.Parallel()
	took := func(d time.Duration) func(*history.Run) {
		return func(r *history.Run) { r.Scenarios[0].Took = d }
	}
	stores(t, func(t *testing.T, store history.Store) {
		put(t, store, run(1, took(time.Second)), run(2, took(2*time.Second)), run(3, took(3*time.Second)),
			run(4, took(time.Hour), func(r *history.Run) { r.Part = "1/2" }), run(5, took(time.Hour), func(r *history.Run) { r.Lab = "fake" }),
			run(6, took(time.Hour), func(r *history.Run) { r.Scenarios[0].Reused = "x" }))
		all, err := store.Durations(t.Context(), "docker")
		require.NoError(t, err)
		assert.Equal(t, map[string]time.Duration{"page": 2 * time.Second}, all)
	})
}

func TestAPerformanceIsFoundByItsKey(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		put(t, store, run(1, func(r *history.Run) { r.Scenarios[0].Reused = "another" }), run(2), run(3, func(r *history.Run) { r.Scenarios[0].Sound = false }), run(4, func(r *history.Run) { r.Recording = history.Recording{} }))
		found, err := store.Performances(t.Context(), "key-1")
		require.NoError(t, err)
		assert.Equal(t, []history.Performance{
			{Run: run(3).ID, Scenario: "page", Started: run(3).Started, Recording: run(3).Recording},
			{Run: run(2).ID, Scenario: "page", Started: run(2).Started, Recording: run(2).Recording, Sound: true},
			{Run: run(1).ID, Scenario: "page", Started: run(1).Started, Recording: run(1).Recording, Sound: true, Reused: "another"},
		}, found)
		for _, key := range []performance.Key{"", "key-2"} {
			found, err = store.Performances(t.Context(), key)
			require.NoError(t, err)
			assert.Empty(t, found)
		}
	})
}

// A result is entered once, found by its key, and entered again once it was forgotten.
func TestALedgerKeepsOneResultAKey(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		ledger := sqlstore.Ledger{Store: store.(*sqlstore.Store)}
		entry := farm.Entry{Key: "a", Scenario: "page", Recording: "/a.ringer", Digest: "1", Verdicts: map[string]int{"detected": 3}, Worker: "w", Took: time.Second}
		second := entry
		second.Digest, second.Worker = "2", "other"
		for _, tt := range []struct {
			entry farm.Entry
			first bool
		}{{entry, true}, {second, false}} {
			first, err := ledger.Enter(t.Context(), tt.entry)
			require.NoError(t, err)
			assert.Equal(t, tt.first, first)
		}
		keys := []string{"a", "b"}
		for i := range 1200 {
			keys = append(keys, fmt.Sprint("other", i))
		}
		found, err := ledger.Entries(t.Context(), keys)
		require.NoError(t, err)
		assert.Equal(t, map[string]farm.Entry{"a": entry}, found)
		require.NoError(t, ledger.Forget(t.Context(), "a"))
		first, err := ledger.Enter(t.Context(), second)
		require.NoError(t, err)
		assert.True(t, first)
	})
}

func TestOldRunsAreRemoved(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		for i := range 10 {
			put(t, store, run(i, alarming, mutated(1, 0)))
		}
		removed, err := store.Prune(t.Context(), history.Keeping{Since: began.Add(3 * time.Minute)})
		require.NoError(t, err)
		assert.Equal(t, 3, removed)
		removed, err = store.Prune(t.Context(), history.Keeping{Runs: 2})
		require.NoError(t, err)
		assert.Equal(t, 5, removed)
		left, err := store.Runs(t.Context(), history.Query{Last: 100})
		require.NoError(t, err)
		assert.Equal(t, []string{run(9).ID, run(8).ID}, []string{left[0].ID, left[1].ID})
		of, err := store.Rule(t.Context(), fired, 100)
		require.NoError(t, err)
		assert.Len(t, of.Runs, 2)
	})
}

func TestWhatCannotBeKeptLeavesNothing(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		put(t, store, run(1))
		twice := run(1, missed)
		twice.Scenarios = append(twice.Scenarios, twice.Scenarios[0]) // two of one name
		require.Error(t, store.Put(t.Context(), twice))
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		require.Error(t, store.Put(cancelled, run(2)))
		all, err := store.Runs(t.Context(), history.Query{Last: 10})
		require.NoError(t, err)
		assert.Equal(t, []history.Entry{entry(run(1))}, all, "the run that was there is there still")
	})
}

func TestTextsThatADatabaseDoesNotTakeAreMended(t *testing.T) {
	t.Parallel()
	stores(t, func(t *testing.T, store history.Store) {
		odd := run(1, func(r *history.Run) {
			r.Recording.Path = "/runs/\xff/run.ringer"
			r.Scenarios[0].Steps[1].Verdicts[0].Title = "A\x00Page"
		})
		put(t, store, odd)
		all, err := store.Runs(t.Context(), history.Query{Last: 1})
		require.NoError(t, err)
		assert.Equal(t, "/runs/\uFFFD/run.ringer", all[0].Recording.Path)
		named, err := store.RulesNamed(t.Context(), fired)
		require.NoError(t, err)
		assert.Equal(t, "A\uFFFDPage", named[0].Title)
	})
}

func TestSeveralWritersWaitForEachOther(t *testing.T) {
	t.Parallel()
	at := func(t *testing.T, name string) {
		t.Helper()
		var all sync.WaitGroup
		for writer := range 4 {
			all.Go(func() {
				store, err := sqlstore.Open(t.Context(), name, true)
				if !assert.NoError(t, err) {
					return
				}
				for i := range 5 {
					assert.NoError(t, store.Put(t.Context(), run(10*writer+i)))
				}
				assert.NoError(t, store.Close())
			})
		}
		all.Wait()
		runs, err := opened(t, name).Runs(t.Context(), history.Query{Last: 100})
		require.NoError(t, err)
		assert.Len(t, runs, 20)
	}
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		at(t, filepath.Join(t.TempDir(), "a folder?", "50%#.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		at(t, postgres(t))
	})
}

func TestWhatIsNotAHistoryIsRefusedAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	other := filepath.Join(folder, "other.db")
	db, err := sql.Open("sqlite", other)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE notes (text TEXT)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	notes := filepath.Join(folder, "notes.txt")
	require.NoError(t, os.WriteFile(notes, []byte(strings.Repeat("my notes\n", 100)), 0o600))
	short := filepath.Join(folder, "short.txt")
	require.NoError(t, os.WriteFile(short, []byte("a word"), 0o600))
	for file, says := range map[string]string{other: "SQLite database of another program", notes: "a file of another kind", short: "a file of another kind"} {
		before, err := os.ReadFile(file)
		require.NoError(t, err)
		_, err = sqlstore.Open(t.Context(), file, true)
		require.ErrorIs(t, err, sqlstore.ErrRefused)
		assert.ErrorContains(t, err, says)
		after, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, before, after)
	}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, entries, 3, "nothing was put beside them")
}

func TestADamagedHistorySaysWhatToDo(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "history.db")
	store, err := sqlstore.Open(t.Context(), name, true)
	require.NoError(t, err)
	put(t, store, run(1))
	require.NoError(t, store.Close())
	content, err := os.ReadFile(name)
	require.NoError(t, err)
	for i := range content[4096:] {
		content[4096+i] = 'x'
	}
	require.NoError(t, os.WriteFile(name, content, 0o600))
	_, err = sqlstore.Open(t.Context(), name, true)
	require.ErrorIs(t, err, sqlstore.ErrDamaged)
	assert.ErrorContains(t, err, "`ringer history rebuild` makes it of the recordings again")
	after, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, content, after, "it is left as it is")
}

func TestANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	newer := func(t *testing.T, driver, name string) {
		t.Helper()
		store, err := sqlstore.Open(t.Context(), name, true)
		require.NoError(t, err)
		require.NoError(t, store.Close())
		db, err := sql.Open(driver, name)
		require.NoError(t, err)
		defer db.Close()
		_, err = db.Exec("UPDATE ringer_history_version SET version_id = 99 WHERE version_id = (SELECT MAX(version_id) FROM ringer_history_version)")
		require.NoError(t, err)
		_, err = sqlstore.Open(t.Context(), name, true)
		require.ErrorIs(t, err, sqlstore.ErrRefused)
		assert.ErrorContains(t, err, "its schema is 99, and this ringer knows schemas up to ")
	}
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		newer(t, "sqlite", filepath.Join(t.TempDir(), "history.db"))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		newer(t, "pgx", postgres(t))
	})
}

func TestAHistoryIsMadeOnlyIfItMayBe(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "history.db")
	_, err := sqlstore.Open(t.Context(), name, false)
	require.ErrorIs(t, err, sqlstore.ErrNone)
	assert.NoFileExists(t, name)
	_, err = sqlstore.Open(t.Context(), postgres(t), false)
	require.ErrorIs(t, err, sqlstore.ErrNone)
}

func TestAPasswordIsNotTold(t *testing.T) {
	t.Parallel()
	_, err := sqlstore.Open(t.Context(), "postgres://me:secret@127.0.0.1:1/x?connect_timeout=1", true)
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "secret")
	assert.Contains(t, err.Error(), "postgres://me:xxxxx@127.0.0.1:1/x")
}
