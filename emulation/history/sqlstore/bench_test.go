package sqlstore_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/history"
	"github.com/ringer-lab/ringer/emulation/performance"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// team is one run of many in a team's history: of one of five sets of three scenarios,
// with thirty expectations, some of them flaky, and now and then with mutants.
func team(i int) history.Run {
	out := history.Run{Head: history.Head{
		ID: fmt.Sprintf("0198f2a0-0000-7000-8000-%012d", i), Started: began.Add(time.Duration(i) * time.Minute), Version: "v1", Lab: "docker", Took: time.Duration(10+i%7) * time.Second,
		Rules: fmt.Sprintf("rules-%d", i/100), Worst: verdict.Detected, Recording: history.Recording{Path: fmt.Sprintf("/runs/%d/run.ringer", i), Digest: fmt.Sprintf("%064x", i)},
	}}
	for s := range 3 {
		scenario := history.Scenario{Name: fmt.Sprintf("set%d-%d", i%5, s), Performance: performance.Key(fmt.Sprintf("%064x", i/50*3+s)), Sound: true, Took: time.Duration(1+s) * time.Second}
		for k := range 5 {
			step := history.Step{ID: fmt.Sprintf("step%d", k), Baseline: k == 0, Technique: fmt.Sprintf("T10%02d", k), Proven: true, Took: time.Millisecond}
			for r := range 2 {
				v := history.Verdict{
					Expectation: history.Expectation{Detector: "sigma", Rule: fmt.Sprintf("%08d-2222-4333-8444-555555555555", s*10+k*2+r), Shape: event.Native, Want: verdict.Fires},
					Title:       fmt.Sprintf("Rule %d", s*10+k*2+r), Verdict: verdict.Detected, After: time.Duration(i%50) * time.Millisecond,
				}
				if i%97 == 0 && k == 3 {
					v.Verdict, v.After = verdict.Missed, -1
				}
				step.Verdicts = append(step.Verdicts, v)
			}
			scenario.Steps = append(scenario.Steps, step)
		}
		out.Scenarios = append(out.Scenarios, scenario)
	}
	if i%10 == 0 {
		out.Mutation = []history.Mutation{{Rule: "00000001-2222-4333-8444-555555555555", Title: "Rule 1", Killed: 20 + i%5, Survived: 5}}
	}
	return out
}

// TestBenchManyRuns puts RINGER_BENCH_HISTORY runs into history.db below RINGER_BENCH_FOLDER
// or, where that is not given, a temporary folder, and says how long it takes to ask for
// what the commands show. A history that is there is asked as it is.
func TestBenchManyRuns(t *testing.T) {
	runs, err := strconv.Atoi(os.Getenv("RINGER_BENCH_HISTORY"))
	if err != nil {
		t.Skip("a measurement: RINGER_BENCH_HISTORY=100000 says of how many runs")
	}
	folder := os.Getenv("RINGER_BENCH_FOLDER")
	if folder == "" {
		folder = t.TempDir()
	}
	name := filepath.Join(folder, "history.db")
	_, missing := os.Stat(name)
	store := opened(t, name)
	if missing != nil {
		before := time.Now()
		for i := range runs {
			require.NoError(t, store.Put(t.Context(), team(i)))
		}
		took := time.Since(before)
		about, err := os.Stat(name)
		require.NoError(t, err)
		t.Logf("%d runs put in %s, %.2f ms each, %d MB", runs, took.Round(time.Second), took.Seconds()*1000/float64(runs), about.Size()>>20)
	}
	for _, asked := range []struct {
		name string
		ask  func() error
	}{
		{"history", func() error {
			of, err := history.ReadOverview(t.Context(), store, 20)
			assert.Len(t, of.Trend.Runs, 20)
			return err
		}},
		{"history --last 200", func() error { _, err := history.ReadOverview(t.Context(), store, 200); return err }},
		{"history show", func() error {
			_, err := store.Rule(t.Context(), "00000001-2222-4333-8444-555555555555", 20)
			return err
		}},
		{"durations", func() error { _, err := store.Durations(t.Context(), "docker"); return err }},
		{"a performance", func() error {
			_, err := store.Performances(t.Context(), performance.Key(fmt.Sprintf("%064x", runs/100)))
			return err
		}},
	} {
		least := time.Hour
		for range 5 {
			before := time.Now()
			require.NoError(t, asked.ask())
			least = min(least, time.Since(before))
		}
		t.Logf("%-20s %s", asked.name, least.Round(10*time.Microsecond))
	}
}
