package exercise_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Pages ask while entries come and the truth grows.
func TestAStateCanBeAskedWhileItChanges(t *testing.T) {
	t.Parallel()
	told, whole := exercise.NewTruth(truth().Actors(), nil), truth()
	var all []exercise.Entry
	for range 50 {
		all = append(all, found("a", page()), exercise.Entry{Kind: exercise.RuleIn, Team: "b", Rule: &exercise.Rule{Text: "x"}},
			exercise.Entry{Kind: exercise.Saved, Team: "b", Finding: &exercise.Finding{}})
	}
	log := entries(all...)
	state := exercise.NewState(definition(), told)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := worker; i < len(log); i += 4 {
				state.Apply(log[i])
			}
		})
		group.Go(func() {
			for range 50 {
				state.Board()
				state.BoardThrough(10)
				state.Team("a")
				state.Debrief()
				state.Unjudged()
			}
		})
	}
	group.Go(func() {
		for _, step := range whole.Steps() {
			told.Add(step)
		}
	})
	group.Wait()
	assert.Equal(t, int64(len(log)), state.Applied())
	assert.Equal(t, seenOf(exercise.Fold(definition(), told, log)), seenOf(state), "as if nobody had asked")
}
