package scenarios_test

import (
	"fmt"
	"maps"
	"slices"
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
)

// losing is a translation that loses some of its events.
func losing(lost func(event.Event) bool) func(plan.Asset) runner.Translate {
	return func(of plan.Asset) runner.Translate {
		translate := translator(of)
		return func(seen []event.Observation, at time.Time) []event.Event {
			return slices.DeleteFunc(translate(seen, at), lost)
		}
	}
}

// kindOf is an event's log source, and of Windows' the number of the record.
func kindOf(e event.Event) string {
	return fmt.Sprintf("%v %v", e.Sources[0], e.Fields["EventID"])
}

// Were nothing translated, all that is expected to be silent would be.
func TestNothingTranslatedIsNeverGreen(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, scenario := range read(t, engine, ".") {
		_, judged := performedBy(t, engine, scenario, everyday, losing(func(event.Event) bool { return true }))
		for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
			for _, met := range step.Expectations {
				assert.Contains(t, []verdict.Verdict{verdict.Errored, verdict.Skipped}, met.Verdict, "%s %s: %s", scenario.Name, step.ID, met.Title)
			}
		}
	}
}

// Whichever kind of record is left out, the run that has it breaks.
func TestALostKindOfRecordBreaksTheRun(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	found := map[string]*plan.Plan{}
	for _, scenario := range read(t, engine, ".") {
		performance, _ := performedBy(t, engine, scenario, everyday, translator)
		for _, e := range performance.Events() {
			found[kindOf(e)] = scenario
		}
	}
	require.Greater(t, len(found), 40)
	for _, kind := range slices.Sorted(maps.Keys(found)) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			_, judged := performedBy(t, engine, found[kind], everyday, losing(func(e event.Event) bool { return kindOf(e) == kind }))
			worst := result.Summarise([]result.Scenario{judged}, nil).Worst
			assert.Equal(t, verdict.Errored, worst, "%s loses %s and is green", found[kind].Name, kind)
		})
	}
}

// everyday has every rule asked on an ordinary day.
func everyday(string) bool { return true }
