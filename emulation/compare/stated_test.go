package compare_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

func TestAlertsThatRestOnStatedFieldsAreCounted(t *testing.T) {
	t.Parallel()
	got := compared(t, true, carriersOf(), func(run *runner.RunRecord) {
		for _, step := range run.Steps {
			for i := range step.Events {
				step.Events[i].FieldProvenance = map[string]event.Provenance{"EventID": event.Stated}
			}
		}
	})
	counts := [][2]int{}
	for _, profile := range got.Profiles {
		counts = append(counts, [2]int{profile.Stated, profile.Detected})
	}
	assert.Equal(t, [][2]int{{4, 4}, {3, 3}, {2, 2}}, counts, "each rule asks for the number of the event")
	assert.Equal(t, compare.Cell{State: compare.Detected, Detected: 1, Expected: 1, Stated: 1}, got.Techniques[0].Cells[0])
	assert.Equal(t, 1, got.Remaining[1].ByProfile[0].Host.Stated, "what is left is asked too")
}
