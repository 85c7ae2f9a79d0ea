package exercise_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

func TestObjectivesAreHeldAgainstWhatHappened(t *testing.T) {
	t.Parallel()
	of, told := definition(), truth()
	assert.Empty(t, of.CheckTruth(told))
	of.Objectives[0].Evidence = 4
	for _, id := range []string{"archive", "copy"} {
		step, _ := told.Step(id)
		step.Failed = "no image"
		told.Add(step)
	}
	assert.Equal(t, []string{
		`The objective "foothold" asks for 4 events of the step "page", which has 3: 3 are enough for a whole answer.`,
		`The objective "either" cannot be reached: none of the steps that it asks for was performed and proven.`,
	}, of.CheckTruth(told))
	assert.Len(t, of.CheckTruth(exercise.NewTruth(nil, nil)), 6, "nothing was performed")
}
