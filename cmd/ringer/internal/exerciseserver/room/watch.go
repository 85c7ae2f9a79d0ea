package room

import (
	"sync"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Changes are numbers of the last entries that changed what pages show.
type Changes struct{ Clock, Notes, Board, Steps int64 }

// note notes what an entry changes.
func (c *Changes) note(e exercise.Entry) {
	switch e.Kind {
	case exercise.Start, exercise.SetPace, exercise.Pause, exercise.Resume, exercise.Step, exercise.Jump, exercise.Restart:
		c.Clock = e.Number
	case exercise.End:
		c.Clock, c.Board = e.Number, e.Number
	case exercise.Note:
		c.Notes = e.Number
	case exercise.Injected, exercise.Happened:
		c.Steps = e.Number
	case exercise.Team, exercise.HandedIn, exercise.TookHint, exercise.RuleIn, exercise.Bought, exercise.JudgedRule, exercise.JudgedProfile,
		exercise.Freeze, exercise.Thaw:
		c.Board = e.Number
	case exercise.Opened, exercise.Member, exercise.Token, exercise.Redeemed, exercise.Revoked, exercise.Saved:
	}
}

// watching tells whoever looks that something changed.
type watching struct {
	mutex   sync.Mutex
	changes Changes
	wake    map[chan struct{}]struct{}
}

func (w *watching) changed(e exercise.Entry) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.changes.note(e)
	w.wakeAll()
}

func (w *watching) wakeAll() {
	for each := range w.wake {
		select {
		case each <- struct{}{}:
		default: // it has not looked yet
		}
	}
}

// Changes are what changed last.
func (r *Room) Changes() Changes {
	r.watching.mutex.Lock()
	defer r.watching.mutex.Unlock()
	return r.watching.changes
}

// Watch returns a channel that is told whenever something changed, until stop is called.
func (r *Room) Watch() (changed <-chan struct{}, stop func()) {
	w := &r.watching
	own := make(chan struct{}, 1)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.wake == nil {
		w.wake = map[chan struct{}]struct{}{}
	}
	w.wake[own] = struct{}{}
	return own, func() {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		delete(w.wake, own)
	}
}
