package exercise_test

import (
	"testing"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// BenchmarkBoard asks for the board of two teams with 400 findings each: after each new
// finding, and again where nothing changed.
func BenchmarkBoard(b *testing.B) {
	var all []exercise.Entry
	for range 400 {
		all = append(all, found("a", page()), found("b", exercise.Finding{Events: []string{"archive-0", "day-1"}}))
	}
	log := entries(all...)
	b.Run("after a finding", func(b *testing.B) {
		state := exercise.Fold(definition(), truth(), log)
		n := state.Applied()
		for b.Loop() {
			next := found("a", page())
			n++
			next.Number = n
			if n > int64(len(log))+100 { // not longer and longer
				state, n = exercise.Fold(definition(), truth(), log), int64(len(log))
			}
			state.Apply(next)
			state.Board()
		}
	})
	b.Run("again", func(b *testing.B) {
		state := exercise.Fold(definition(), truth(), log)
		for b.Loop() {
			state.Board()
		}
	})
}
