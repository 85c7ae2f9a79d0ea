package room

import (
	"sync"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// cachedBoard keeps the board: every open page asks for it whenever it changed.
type cachedBoard struct {
	mutex   sync.Mutex
	through int64
	version int
	board   exercise.Board
	known   bool
}

func (c *cachedBoard) of(state *exercise.State, truth *exercise.Truth, through int64) exercise.Board {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	number, version := state.Applied(), truth.Version()
	if through > 0 {
		number = min(number, through)
	}
	if !c.known || c.through != number || c.version != version {
		c.board, c.through, c.version, c.known = state.BoardThrough(number), number, version, true
	}
	return c.board
}
