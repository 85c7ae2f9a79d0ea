package sqlstore_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/history/sqlstore"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var began = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// fired and quiet are the rules of the runs here.
const (
	fired = "11111111-2222-4333-8444-555555555555"
	quiet = "22222222-2222-4333-8444-555555555555"
)

// run is a run of one scenario with a step and an ordinary day, so many minutes after the
// first one.
func run(minute int, change ...func(*history.Run)) history.Run {
	out := history.Run{
		Head: history.Head{
			ID: fmt.Sprintf("0198f2a0-0000-7000-8000-%012d", minute), Started: began.Add(time.Duration(minute) * time.Minute), Version: "v1", Lab: "docker",
			Took: 2 * time.Second, Rules: "rules-1", Worst: verdict.Detected,
			Recording: history.Recording{Path: fmt.Sprintf("/runs/%d/run.ringer", minute), Digest: fmt.Sprintf("%064d", minute)},
		},
		Scenarios: []history.Scenario{{
			Name: "page", Performance: "key-1", Sound: true, Took: time.Second,
			Steps: []history.Step{
				{ID: "day", Baseline: true, Proven: true, Took: time.Millisecond, Verdicts: []history.Verdict{
					{Expectation: history.Expectation{Detector: "sigma", Rule: fired, Shape: event.Native, Want: verdict.Quiet}, Title: "A Page", Verdict: verdict.Silent, After: -1},
				}},
				{ID: "drop", Technique: "T1505.003", Proven: true, Took: 3 * time.Millisecond, Verdicts: []history.Verdict{
					{Expectation: history.Expectation{Detector: "sigma", Rule: fired, Shape: event.Native, Want: verdict.Fires}, Title: "A Page", Verdict: verdict.Detected, After: 5 * time.Millisecond},
					{Expectation: history.Expectation{Detector: "sigma", Rule: quiet, Shape: event.EDR, Want: verdict.Quiet}, Title: "Another", Verdict: verdict.Silent, After: -1},
				}},
			},
		}},
	}
	for _, c := range change {
		c(&out)
	}
	return out
}

// missed has the step's rule miss.
func missed(r *history.Run) {
	v := &r.Scenarios[0].Steps[1].Verdicts[0]
	v.Verdict, v.After, r.Worst = verdict.Missed, -1, verdict.Missed
}

// alarming has another rule alert on the ordinary day.
func alarming(r *history.Run) {
	r.Scenarios[0].Steps[0].Alarms = []history.Alarm{{Rule: quiet, Title: "Another", Level: "high"}}
}

func mutated(killed, survived int) func(*history.Run) {
	return func(r *history.Run) {
		r.Mutation = []history.Mutation{{Rule: fired, Title: "A Page", Killed: killed, Survived: survived}}
	}
}

func entry(r history.Run) history.Entry {
	return history.Entry{Head: r.Head, Counts: r.Counts(), Series: r.Series()}
}

// stores are the databases that a history can be in: each test is told for all of them.
func stores(t *testing.T, test func(t *testing.T, store history.Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, opened(t, filepath.Join(t.TempDir(), "history.db")))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, opened(t, postgres(t)))
	})
}

func opened(t *testing.T, name string) *sqlstore.Store {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), name, true)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	return store
}

func put(t *testing.T, store history.Store, all ...history.Run) {
	t.Helper()
	for _, r := range all {
		require.NoError(t, store.Put(t.Context(), r))
	}
}
