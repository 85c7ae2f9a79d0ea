package sigma

import (
	"container/heap"
	"time"
)

// prune forgets what no window can reach any more.
func (w *window) prune(g *group, newest time.Time) {
	horizon := newest.Add(-w.late - w.correlation.timespan)
	n := 0
	for n < len(g.entries) && g.entries[n].time.Before(horizon) {
		n++
	}
	w.dropOldest(g, n)
}

func (w *window) dropOldest(g *group, n int) {
	for i := g.lo; i < min(n, g.hi); i++ {
		g.current.remove(&g.entries[i])
	}
	g.entries = g.entries[n:]
	g.lo, g.hi = max(0, g.lo-n), max(0, g.hi-n)
	w.total -= n
}

// enforceLimits keeps the memory of a correlation limited, whatever the events do.
func (w *window) enforceLimits(g *group) {
	if over := len(g.entries) - w.limits.eventLimit; over > 0 {
		w.dropOldest(g, over)
		w.stats.Evicted += over
		if g.heapIndex >= 0 {
			heap.Fix(&w.due, g.heapIndex)
		}
	}
	for len(w.groups) > w.limits.groupLimit || w.total > 10*w.limits.eventLimit && len(w.groups) > 1 {
		oldest := w.recent.Front().Value.(*group)
		w.stats.Evicted += len(oldest.entries)
		w.removeGroup(oldest)
	}
}

func (w *window) removeGroup(g *group) {
	w.total -= len(g.entries)
	w.recent.Remove(g.element)
	delete(w.groups, g.key)
	if g.heapIndex >= 0 {
		heap.Remove(&w.due, g.heapIndex)
	}
}
