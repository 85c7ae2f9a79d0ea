package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/diff"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

// recorded runs ringer with a folder of runs of its own.
func recorded(t *testing.T, runs string, args ...string) *ran {
	t.Helper()
	var out ran
	cmd := exec.CommandContext(t.Context(), live(t), args...)
	cmd.Stdout, cmd.Stderr, cmd.Env = &out.stdout, &out.stderr, append(os.Environ(), "RINGER_RUNS="+runs)
	err := cmd.Run()
	require.NotNil(t, cmd.ProcessState, "%v", err)
	out.pid, out.code = cmd.Process.Pid, cmd.ProcessState.ExitCode()
	return &out
}

// verdictsOf are all answers of a run, in order.
func verdictsOf(run result.Run) []string {
	var all []string
	for _, scenario := range run.Scenarios {
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				all = append(all, fmt.Sprintf("%s/%s proven %t, %d alerts unexpected", scenario.Name, step.ID, step.Proven, len(step.UnexpectedAlerts)))
				for _, e := range step.Expectations {
					all = append(all, fmt.Sprintf("%s/%s %s %s %s %s", scenario.Name, step.ID, e.Rule, e.Shape, e.Want, e.Verdict))
				}
			}
		}
	}
	return all
}

// finishedIn names the scenarios whose part of a journal ends with the line that says
// so.
func finishedIn(t *testing.T, runs string) []string {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(runs, "*", "scenarios", "*.jsonl"))
	require.NoError(t, err)
	var names []string
	for _, part := range parts {
		text, err := os.ReadFile(part)
		require.NoError(t, err)
		if bytes.Contains(text[max(0, len(text)-200):], []byte(`{"kind":"done"`)) {
			names = append(names, strings.TrimSuffix(filepath.Base(part), ".jsonl"))
		}
	}
	return names
}

// count walks the expectations of all steps and baselines.
func count(run result.Run, of func(result.Expectation) bool) (n int) {
	for _, scenario := range run.Scenarios {
		for _, steps := range [][]result.Step{scenario.Baselines, scenario.Steps} {
			for _, step := range steps {
				for _, expectation := range step.Expectations {
					if of(expectation) {
						n++
					}
				}
			}
		}
	}
	return n
}

// Performing the whole library takes longest of all tests: it is done once and looked at
// from all sides, and once more in two parts.
func TestLiveTheLibrary(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "whole.ringer")
	out := recorded(t, folder, "run", "--json", "--strict", "--record", file)
	require.Equal(t, 0, out.code, "%s", out.stderr.String())
	assert.Empty(t, containers(t, out.pid))
	whole := parse(t, out)

	t.Run("is met", func(t *testing.T) { isMet(t, whole) })
	t.Run("is judged from its recording as it was", func(t *testing.T) { isJudgedAsItWas(t, whole, folder, file) })
	t.Run("is the same where the run was killed and resumed", func(t *testing.T) { isTheSameResumed(t, whole, file) })
}

func isMet(t *testing.T, run result.Run) {
	t.Helper()
	assert.GreaterOrEqual(t, len(run.Scenarios), 3)
	assert.GreaterOrEqual(t, run.Summary.Steps, 14)
	asked := func(v verdict.Verdict) int {
		return count(run, func(expectation result.Expectation) bool {
			return expectation.Verdict == v && expectation.Because != "ordinary activity"
		})
	}
	assert.GreaterOrEqual(t, asked(verdict.Silent), 10)
	assert.GreaterOrEqual(t, asked(verdict.Silent)+asked(verdict.Detected), 30)
	detected := count(run, func(expectation result.Expectation) bool {
		if expectation.Verdict != verdict.Detected {
			return false
		}
		assert.NotEmpty(t, expectation.Evidence, "%s:%d", expectation.File, expectation.Line)
		for _, e := range expectation.Evidence {
			assert.Contains(t, []event.Provenance{event.Observed, event.Translated, event.Stated}, e.Provenance, "%s:%d", expectation.File, expectation.Line)
		}
		return true
	})
	assert.Positive(t, detected)
	for _, scenario := range run.Scenarios {
		for _, asset := range scenario.Assets {
			assert.NotEmpty(t, asset.IsolationChecks, asset.Name)
			assert.Empty(t, asset.Leftover, asset.Name)
		}
	}
}

func isJudgedAsItWas(t *testing.T, whole result.Run, folder, file string) {
	t.Helper()
	for _, args := range [][]string{{"replay", file, "--json"}, {"replay", file, "--json", "--as-recorded"}} {
		out := recorded(t, folder, args...)
		assert.Equal(t, 0, out.code, "%s", out.stderr.String())
		assert.Equal(t, verdictsOf(whole), verdictsOf(parse(t, out)), args)
	}
	assert.Equal(t, 0, recorded(t, folder, "verify", file).code)
	kept, err := record.Open(file)
	require.NoError(t, err)
	defer kept.Close()
	tail, err := kept.Tail()
	require.NoError(t, err)
	assert.NotEmpty(t, tail.Images)
	assert.NotEmpty(t, kept.Head.Ringer.Digest)
}

func isTheSameResumed(t *testing.T, whole result.Run, file string) {
	t.Helper()
	runs := t.TempDir()
	cmd := exec.CommandContext(t.Context(), live(t), "run", "--json")
	cmd.Env = append(os.Environ(), "RINGER_RUNS="+runs)
	require.NoError(t, cmd.Start())
	require.Eventually(t, func() bool { return len(finishedIn(t, runs)) >= 4 }, 5*time.Minute, 20*time.Millisecond)
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	before := finishedIn(t, runs)

	torn := recorded(t, runs, "replay", "--json")
	assert.Equal(t, 0, torn.code, "the torn journal is readable: %s", torn.stderr.String())
	assert.Len(t, parse(t, torn).Scenarios, len(before))
	assert.Contains(t, torn.stderr.String(), "was not performed to its end: it is left out")

	resumed := recorded(t, runs, "run", "--resume", "--json", "--verbose")
	require.Equal(t, 0, resumed.code, "%s", resumed.stderr.String())
	for _, name := range before {
		assert.NotContains(t, resumed.stderr.String(), name+"/", "it was performed already")
	}
	assert.Equal(t, verdictsOf(whole), verdictsOf(parse(t, resumed)))

	remembered := recorded(t, runs, "history", "--json")
	require.Equal(t, 0, remembered.code, "%s", remembered.stderr.String())
	assert.Contains(t, remembered.stdout.String(), `"id": "`+parse(t, resumed).ID+`"`, "the run is in the history, as one that was not broken off")

	again := recorded(t, runs, "run", "--resume")
	assert.Equal(t, 2, again.code, "there is nothing left to resume")
	var verified struct{ Scenarios []json.RawMessage }
	sealed := recorded(t, runs, "replay", "--json")
	require.NoError(t, json.Unmarshal(sealed.stdout.Bytes(), &verified))
	assert.Len(t, verified.Scenarios, len(whole.Scenarios))
	for _, pid := range []int{cmd.Process.Pid, resumed.pid} {
		assert.Eventually(t, func() bool { return len(containers(t, pid)) == 0 }, 20*time.Second, 100*time.Millisecond)
	}

	// Two runs of the same differ in nothing but what always differs, and in how long a
	// rule took, as a machine may be busy.
	other, err := filepath.Glob(filepath.Join(runs, "*", "run.ringer"))
	require.NoError(t, err)
	require.Len(t, other, 1)
	differs := recorded(t, runs, "diff", "--json", file, other[0])
	assert.Equal(t, 0, differs.code, "%s", differs.stdout.String())
	var difference diff.Difference
	require.NoError(t, json.Unmarshal(differs.stdout.Bytes(), &difference))
	assert.Equal(t, diff.Format, difference.Format)
	difference.Times = nil
	assert.True(t, difference.Same(), "%s", differs.stdout.String())
}
