package scenarios_test

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/exercise"
	"github.com/ringer-lab/ringer/emulation/exercise/judge"
	"github.com/ringer-lab/ringer/emulation/exercise/truth"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

// courseExercise is an exercise of the course with its scenario, performed in memory.
type courseExercise struct {
	exercise.Definition
	plan   *plan.Plan
	run    *runner.RunRecord
	judged result.Scenario
}

func course(t *testing.T, engine *detect.Sigma) []courseExercise {
	t.Helper()
	library, err := fs.Glob(scenarios.FS, "*.hcl")
	require.NoError(t, err)
	files, err := fs.Glob(scenarios.FS, "course/*.hcl")
	require.NoError(t, err)
	var out []courseExercise
	for _, file := range files {
		set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, append(slices.Clone(library), file)...)
		require.Empty(t, problems, file)
		require.Len(t, set.Exercises, 1)
		e := set.Exercises[0]
		assert.Equal(t, path.Base(file), e.Name.Text+".hcl", "an exercise is found by its name")
		at := slices.IndexFunc(set.Scenarios, func(s *scenario.Scenario) bool { return s.Name.Text == e.Of.Text })
		built, problems := plan.Build(set.Scenarios[at], engine, telemetry.Channels, day)
		require.Empty(t, problems)
		run, judged := performed(t, engine, built, func(string) bool { return true })
		out = append(out, courseExercise{e.Definition, built, run, judged})
	}
	require.Len(t, out, 3)
	return out
}

// answers are entries of one team that answers all that can be found, as it happened.
func (c courseExercise) answers(t *testing.T, what *exercise.Truth) []exercise.Entry {
	t.Helper()
	all := []exercise.Entry{
		{Kind: exercise.Team, Team: "team", Name: "Team"}, {Kind: exercise.Member, Team: "team", Member: "ann", Name: "Ann"},
		{Kind: exercise.Start, To: day},
	}
	for _, objective := range c.Objectives {
		steps := objective.Find.Steps
		if objective.Find.Actor != "" {
			for _, step := range what.Steps() {
				if step.Actor == objective.Find.Actor && step.Failed == "" && len(step.Events) > 0 {
					steps = []string{step.ID}
				}
			}
		}
		for _, id := range steps {
			step, known := what.Step(id)
			require.True(t, known)
			assert.Empty(t, step.Failed, "%s: %s", objective.Name, id)
			assert.GreaterOrEqual(t, len(step.Events), max(1, objective.Evidence), "%s asks for more events than %s left", objective.Name, id)
		}
		if len(steps) == 0 {
			continue
		}
		step, _ := what.Step(steps[0])
		all = append(all, exercise.Entry{Kind: exercise.HandedIn, Team: "team", Member: "ann", Finding: &exercise.Finding{
			Technique: step.Technique, Host: step.Host, Actor: step.Actor, Time: step.From, Events: step.Events[:max(1, objective.Evidence)],
		}})
	}
	for i := range all {
		all[i].Number, all[i].At = int64(i+1), day.Add(time.Duration(i)*time.Second)
	}
	return all
}

// Whatever is asked for happened, left as many events as must be shown, and brings all its
// points to whoever answers right.
func TestTheCourseCanBeAnsweredInFull(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, c := range course(t, engine) {
		what := truth.Of(c.run, c.judged, nil)
		team, known := exercise.Fold(c.Definition, what, c.answers(t, what)).Team("team")
		require.True(t, known)
		want := 0
		for _, objective := range c.Objectives {
			if len(objective.Find.Steps) > 0 || objective.Find.Actor != "" {
				want += objective.Points
			}
		}
		assert.Equal(t, want, team.Points+team.Attribution, "%s: %v", c.Name, team.Lines)
	}
}

// A rule of ours gets all points of each objective that asks for one: it sees every variant
// and no ordinary day.
func TestRulesOfTheCourseCanBeWritten(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, c := range course(t, engine) {
		if c.Mode != exercise.Build {
			continue
		}
		performances := map[string]*runner.RunRecord{}
		planned := robustness.Variants(c.plan)
		for _, variant := range planned {
			performances[variant.Plan.Name], _ = performed(t, engine, variant.Plan, func(string) bool { return true })
		}
		judges := judge.NewRules(judge.Variants(planned, performances), judge.Ordinary(c.run), event.Native)
		for _, objective := range c.Objectives {
			for _, step := range objective.Find.Detect {
				assert.True(t, isSeenInFull(t, c, judges, step), "%s: no rule of ours sees every variant of %s", objective.Name, step)
			}
		}
	}
}

// isSeenInFull reports whether one of the rules expected at a step sees all its variants,
// and no ordinary day.
func isSeenInFull(t *testing.T, c courseExercise, judges exercise.RuleJudge, id string) bool {
	t.Helper()
	for _, step := range c.judged.Steps {
		for _, expectation := range step.Expectations {
			if step.ID != id {
				continue
			}
			text, err := fs.ReadFile(scenarios.FS, "rules/"+nameOf(expectation.Rule)+".yml")
			require.NoError(t, err)
			verdict, err := judges.JudgeRule(t.Context(), string(text))
			require.NoError(t, err)
			for _, seen := range verdict.Steps {
				if seen.Step == id && seen.Variants > 1 && seen.Detected == seen.Variants && verdict.Alarms == 0 {
					return true
				}
			}
		}
	}
	return false
}

// No purchase is for nothing, and all of them are too dear.
func TestTelemetryOfTheCourseIsWorthItsPrice(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, c := range course(t, engine) {
		if c.Budget == 0 {
			continue
		}
		profiles := judge.Profiles{Purchases: c.Purchases, Run: c.run, Judged: c.judged, Detectors: []detect.Detector{engine}}
		all, free := []string{}, []string{}
		cost := 0
		for _, purchase := range c.Purchases {
			cost += purchase.Cost
			all = append(all, purchase.Name)
			if purchase.Cost == 0 {
				free = append(free, purchase.Name)
			}
		}
		assert.Greater(t, cost, c.Budget)
		whole := seenWith(t, profiles, all)
		assert.Greater(t, whole, seenWith(t, profiles, free))
		for i, purchase := range c.Purchases {
			if purchase.Cost == 0 {
				continue // every team has it
			}
			t.Logf("without %s: %d of %d", purchase.Name, seenWith(t, profiles, slices.Delete(slices.Clone(all), i, i+1)), whole)
			assert.Less(t, seenWith(t, profiles, slices.Delete(slices.Clone(all), i, i+1)), whole, "%s shows nothing that the others do not", purchase.Name)
		}
	}
}

// seenWith counts the expected alerts that come with purchases.
func seenWith(t *testing.T, judges exercise.ProfileJudge, purchases []string) (n int) {
	t.Helper()
	verdict, err := judges.JudgeProfile(context.WithoutCancel(t.Context()), purchases)
	require.NoError(t, err)
	for _, step := range verdict.Steps {
		n += step.Detected
	}
	return n
}
