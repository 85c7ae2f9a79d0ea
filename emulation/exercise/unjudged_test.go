package exercise_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

type judgeOfAll struct{ err error }

func (j judgeOfAll) JudgeRule(context.Context, string) (exercise.RuleVerdict, error) {
	return exercise.RuleVerdict{Steps: []exercise.StepDetection{{Step: "page", Variants: 2, Detected: 2}}}, j.err
}

func (j judgeOfAll) JudgeProfile(context.Context, []string) (exercise.ProfileVerdict, error) {
	return exercise.ProfileVerdict{Steps: []exercise.StepSight{{Step: "page", Expected: 2, Detected: 1}}}, j.err
}

func TestWhatWaitsForAVerdictIsJudgedOnce(t *testing.T) {
	t.Parallel()
	rule := exercise.Entry{Kind: exercise.RuleIn, Team: "a", Rule: &exercise.Rule{Text: "x"}}
	again := rule
	again.Team = "b"
	log := entries(rule, again, exercise.Entry{Kind: exercise.Bought, Team: "b", Purchases: []string{"web", "web"}})
	state := exercise.Fold(definition(), truth(), log)
	waiting := state.Unjudged()
	require.Len(t, waiting, 2, "the same rule of another team is the same")
	judges := exercise.Judges{Rules: judgeOfAll{}, Profiles: judgeOfAll{}}
	for _, e := range waiting {
		verdict, err := judges.Judge(t.Context(), e)
		require.NoError(t, err)
		verdict.Number = state.Applied() + 1
		require.NoError(t, state.Accept(verdict))
		state.Apply(verdict)
	}
	assert.Empty(t, state.Unjudged())
	a, _ := state.Team("a")
	b, _ := state.Team("b")
	assert.Equal(t, 40, a.Points)
	assert.Equal(t, 46, b.Points, "the rule, and half of what is to be seen")
	assert.Equal(t, []string{"web"}, b.Purchases)
	assert.Equal(t, 50, b.Spent)

	_, err := exercise.Judges{Rules: judgeOfAll{errors.New("gone")}}.Judge(t.Context(), waiting[0])
	require.ErrorContains(t, err, "gone")
	_, err = exercise.Judges{}.Judge(t.Context(), waiting[0])
	require.ErrorContains(t, err, "no judge")
}

func TestADefinitionComesBackFromTheLogAsItWas(t *testing.T) {
	t.Parallel()
	want := definition()
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var got exercise.Definition
	require.NoError(t, json.Unmarshal(text, &got))
	assert.Equal(t, want, got)
}
