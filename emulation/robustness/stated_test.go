package robustness_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

func TestARuleThatRestsOnStatedFieldsIsToldApart(t *testing.T) {
	t.Parallel()
	stated := func(s *result.Step) { s.Expectations[1].Stated = []string{"User", "OriginalFileName"} }
	variants := []robustness.Variant{{}, {Mutation: "renamed_program", MutatedSteps: map[string][]robustness.Line{"step": nil}}}
	rules, _, _ := robustness.Measure(variants, []result.Scenario{judged(verdict.Detected, stated), judged(verdict.Detected, stated)})
	assert.Equal(t, []string{"OriginalFileName", "User"}, rules[0].Stated)
	assert.Equal(t, 1, rules[0].Cells[0].OnStated)
	assert.Equal(t, robustness.Survives, rules[0].Cells[0].State, "it fires all the same")
	assert.Equal(t, 1, robustness.Measurement{Rules: rules}.Stated())
	rules, _, _ = robustness.Measure(variants, []result.Scenario{judged(verdict.Detected), judged(verdict.Detected)})
	assert.Zero(t, robustness.Measurement{Rules: rules}.Stated())
}
