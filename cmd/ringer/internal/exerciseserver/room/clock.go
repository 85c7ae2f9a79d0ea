package room

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Next is the virtual time at which the next step that was performed is over: to there
// a paused exercise steps. ok is false where none is left.
func (r *Room) Next() (at time.Time, ok bool) {
	now := r.Virtual()
	for _, step := range r.options.Truth.Steps() {
		end := step.To
		if end.After(now) && (!ok || end.Before(at)) {
			at, ok = end, true
		}
	}
	return at, ok
}

// Begin is the entry that starts the clock.
func (r *Room) Begin(key string) exercise.Entry {
	return exercise.Entry{Kind: exercise.Start, Key: key, To: r.options.Start}
}
