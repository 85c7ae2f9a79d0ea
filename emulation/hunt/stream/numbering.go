package stream

import (
	"math/rand/v2"
	"time"
)

// machine gives the processes of one host their ids, in the order in which they come up.
type machine struct {
	windows bool
	random  *rand.Rand
	lastKey uint64
	lastPID int64
}

// The ranges of process ids: those of Windows are multiples of four and come again as
// they please, those of Linux count up to a bound and begin again.
const (
	firstPID, lastPID       = 400, 32768
	windowsPIDs, fewestPIDs = 3000, 150
)

func (m *machine) nextPID() int64 {
	if m.windows {
		return 4 * (fewestPIDs + m.random.Int64N(windowsPIDs))
	}
	m.lastPID += 1 + m.random.Int64N(6)
	if m.lastPID < firstPID || m.lastPID >= lastPID {
		m.lastPID = firstPID + m.random.Int64N(100)
	}
	return m.lastPID
}

// nextKey leaves some out: others start processes, too.
func (m *machine) nextKey() uint64 {
	m.lastKey += 1 + m.random.Uint64N(8)
	return m.lastKey
}

// renumbered are the ids that the processes of one repetition, or of all that was
// performed of a run on one host, have in place of their own.
type renumbered struct {
	*machine
	keys map[uint64]newProcess
	pids map[int64]int64
}

type newProcess struct {
	key   uint64
	moved time.Duration
}

func (m *machine) renumber() *renumbered {
	return &renumbered{machine: m, keys: map[uint64]newProcess{}, pids: map[int64]int64{}}
}

func (r *renumbered) process(key uint64, shift time.Duration) (uint64, time.Duration) {
	if key == 0 {
		return 0, 0
	}
	p, ok := r.keys[key]
	if !ok {
		p = newProcess{r.nextKey(), shift}
		r.keys[key] = p
	}
	return p.key, p.moved
}

// pid keeps the ids that are the same everywhere: of no process, and of the first.
func (r *renumbered) pid(pid int64) int64 {
	if pid <= 1 {
		return pid
	}
	p, ok := r.pids[pid]
	if !ok {
		p = r.nextPID()
		r.pids[pid] = p
	}
	return p
}
