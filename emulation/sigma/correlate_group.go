package sigma

import (
	"container/list"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// entry is one event of a group, reduced to what is counted.
type entry struct {
	time        time.Time
	order       int
	index       int
	event       *logevent.Event // kept for correlations that count this one
	plain       bool            // a match of a detection, not of a correlation
	ruleIndexes []int           // of the rules that it matches, in the order of the correlation
	events      []int           // of a correlation's alert
	tuple       []string
	number      []float64
}

type group struct {
	key       string
	values    map[string]string
	entries   []entry   // by time, then arrival
	lo, hi    int       // the window: entries[lo:hi]
	current   aggregate // of the window
	firing    bool
	lastAlert time.Time
	judged    time.Time // windows up to here are over
	element   *list.Element
	heapIndex int
}

// insert puts e at its time; an event two rules fit is one event. The window
// takes it in if it reaches to the newest entry. insert returns the entry's
// position and whether it is new.
func (g *group) insert(e entry, newest bool) (int, bool) {
	at := len(g.entries)
	for at > 0 && g.entries[at-1].time.After(e.time) {
		at--
	}
	if e.plain {
		for i := at - 1; i >= 0 && g.entries[i].time.Equal(e.time); i-- {
			if have := &g.entries[i]; have.plain && have.index == e.index {
				inside := i >= g.lo && i < g.hi
				if inside {
					g.current.remove(have)
				}
				have.merge(e)
				if inside {
					g.current.add(have)
				}
				return i, false
			}
		}
	}
	g.entries = slices.Insert(g.entries, at, e)
	switch {
	case at < g.lo:
		g.lo, g.hi = g.lo+1, g.hi+1
	case newest:
		g.current.add(&g.entries[at])
		g.hi++
	}
	return at, true
}

// merge adds what another rule saw in the same event.
func (e *entry) merge(other entry) {
	for _, r := range other.ruleIndexes {
		if !slices.Contains(e.ruleIndexes, r) {
			e.ruleIndexes = append(slices.Clone(e.ruleIndexes), r)
		}
	}
	for _, t := range other.tuple {
		if !slices.Contains(e.tuple, t) {
			e.tuple = append(slices.Clone(e.tuple), t)
		}
	}
}
