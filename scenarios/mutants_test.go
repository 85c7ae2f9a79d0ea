package scenarios_test

import (
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
)

// harmless are the mutants that change no step of the library, with the reason.
// What an asset never does, only the canary shows to be seen.
var harmless = map[string]string{
	"no observation of kind link":      "no act makes a hard link",
	"no observation of kind chown":     "no act changes an owner",
	"no observation of kind attribute": "no act sets an extended attribute",
	"no observation of kind pipe":      "no act makes a named pipe",
	"no observation of kind pipe_open": "no act opens a named pipe",
	"no observation of kind accept":    "no act takes a connection",
	"no observation of kind bind":      onlyReenacted,
	"no observation of kind chmod":     onlyReenacted,
	"no observation of kind connect":   onlyReenacted,
	"no observation of kind send":      onlyReenacted,
	"no observation of kind signal":    onlyReenacted,
	"no observation of kind refused":   "no act makes a call that the sensor refuses",
	"no observation of kind line":      "in memory there is no real service",
}

const onlyReenacted = "no step of the library does it: the tests of emulation/trace and lab/docker have plans that do"

// Each mutant of ringer itself turns the whole library red: precisely the steps
// that it changes are errored, and say why.
func TestEveryMutantOfRingerIsTold(t *testing.T) {
	t.Parallel()
	if labtest.RaceEnabled {
		t.Skip("computes much, and nothing at the same time: it is tested without the race detector")
	}
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	plans := read(t, engine, ".")
	sound := labtest.Mutant{Name: "none", Outcome: func(*runner.Outcome) {}}
	told := map[string]bool{}
	for _, mutant := range append([]labtest.Mutant{sound}, labtest.Mutants()...) {
		changed := 0
		t.Run(mutant.Name, func(t *testing.T) {
			for _, p := range plans {
				changed += mutated(t, engine, mutant, p)
			}
		})
		if changed == 0 && mutant.Name != sound.Name {
			told[mutant.Name] = true
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(harmless)), slices.Sorted(maps.Keys(told)), "each of the others changes some step")
}

// mutated performs a scenario with a mutant and counts the steps that it changes.
func mutated(t *testing.T, engine *detect.Sigma, mutant labtest.Mutant, p *plan.Plan) (changed int) {
	t.Helper()
	var acts atomic.Int64
	now := func() time.Time { return day.Add(time.Duration(acts.Add(1)) * time.Millisecond) }
	lab := mutant.Wrap(fake.Lab{Now: now, ClaimObserved: true})
	// What the translation must write has mutants of its own, in telemetry_test.go.
	untranslated := func(plan.Asset) runner.Translate {
		return func([]event.Observation, time.Time) []event.Event { return []event.Event{{ID: "1"}} }
	}
	unchecked := func(plan.Asset) runner.TelemetryCheck {
		return func([]event.Observation, []event.Event) error { return nil }
	}
	performance, err := runner.Runner{Lab: lab, NewTranslate: untranslated, NewCheck: unchecked, Now: now}.Run(t.Context(), "run", p)
	require.NoError(t, err)
	before := map[string]bool{} // assets that are no more what the plan makes of them
	records := slices.Concat(performance.Baselines, performance.Steps)
	for _, record := range records {
		switch {
		case lab.Steps(record.Asset)[record.ID]:
			changed++
			before[record.Asset] = mutant.Plan != nil
			if assert.Error(t, record.Err, "%s %s", p.Name, record.ID) {
				assert.Regexp(t, "left no trace|not in the plan|cannot be done on this host|the agent (must|did not)? ?answer", record.Err.Error(), "%s %s", p.Name, record.ID)
			}
		case !before[record.Asset]:
			assert.NoError(t, record.Err, "%s %s", p.Name, record.ID)
		}
	}
	judged, err := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return false }, Today: day}.Conclude(t.Context(), performance)
	require.NoError(t, err)
	if changed > 0 {
		assert.Equal(t, verdict.Errored, result.Summarise([]result.Scenario{judged}, nil).Worst, p.Name)
	}
	for i, step := range slices.Concat(judged.Baselines, judged.Steps) {
		for _, got := range step.Expectations {
			assert.Equal(t, records[i].Err != nil, got.Verdict == verdict.Errored, "%s %s: %s", p.Name, step.ID, got.Title)
		}
	}
	return changed
}
