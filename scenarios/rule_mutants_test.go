package scenarios_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/mutate"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/labtest"
)

// everyMutant is how many mutants lie between two that are judged in full, which
// takes as long as judging the library. Few survive: the first so many of those are
// judged as well.
const everyMutant, firstSurvivors = 120, 5

// A mutant is judged by the little that it can change. Judging the whole library
// under all rules, of which the mutant is one, must come to the same.
func TestMutantsAreKilledAsTheWholeLibraryWouldKillThem(t *testing.T) {
	t.Parallel()
	if labtest.RaceEnabled {
		t.Skip("computes much, and nothing at the same time: it is tested without the race detector")
	}
	rules := ownRules(t)
	engine, problems := detect.NewSigma(rules)
	require.Empty(t, problems)
	everyday := func(string) bool { return true }
	var performances []*runner.RunRecord
	for _, p := range read(t, engine, ".") {
		performance, _ := performed(t, engine, p, everyday)
		performances = append(performances, performance)
	}
	tester := mutate.Tester{Detector: engine, BaselineSilent: everyday, Today: day}
	measured, err := tester.Test(t.Context(), performances)
	require.NoError(t, err)
	base := allVerdicts(t, rules, performances)
	number, killed, survived := 0, 0, 0
	for _, rule := range rules {
		at := slices.IndexFunc(measured.Rules, func(r mutate.Rule) bool { return r.Rule == rule.ID })
		for _, mutant := range sigma.Mutants(rule) {
			number++
			if at < 0 || measured.Rules[at].Unscored != "" || mutant.Equivalent != "" {
				continue
			}
			lives := slices.Contains(measured.Rules[at].Survivors, mutate.Mutant{Operator: mutant.Operator, Line: mutant.Line, Was: mutant.Before, Now: mutant.After})
			if number%everyMutant != 0 && (!lives || survived >= firstSurvivors) {
				continue
			}
			altered := slices.Clone(rules)
			altered[slices.Index(rules, rule)] = mutant.Rule
			same := slices.Equal(base, allVerdicts(t, altered, performances))
			assert.Equal(t, same, lives, "%s:%d %s %s → %s", rule.File, mutant.Line, mutant.Operator, mutant.Before, mutant.After)
			if lives {
				survived++
			} else {
				killed++
			}
		}
	}
	assert.Positive(t, killed)
	assert.Positive(t, survived)
}

// judgedAs is one expectation and what became of it.
type judgedAs struct {
	scenario, step, rule string
	shape                event.Shape
	verdict              verdict.Verdict
}

// allVerdicts judges every expectation of every performance under those rules.
func allVerdicts(t *testing.T, rules []*sigma.Rule, performances []*runner.RunRecord) []judgedAs {
	t.Helper()
	engine, problems := detect.NewSigma(rules)
	require.Zero(t, sigma.Errors(problems), "%v", problems)
	judges := result.Judges{Detectors: []detect.Detector{engine}, BaselineSilent: func(string) bool { return true }, Today: day, VerdictsOnly: true}
	var all []judgedAs
	for _, performance := range performances {
		judged, err := judges.Conclude(t.Context(), performance)
		require.NoError(t, err)
		for _, step := range slices.Concat(judged.Baselines, judged.Steps) {
			for _, got := range step.Expectations {
				all = append(all, judgedAs{judged.Name, step.ID, got.Rule, got.Shape, got.Verdict})
			}
		}
	}
	return all
}
