package sigma

import (
	"container/heap"
	"time"
)

// What further events can change is judged when a window is over: a figure that must
// not be more or must be exactly so much, what is made of numbers, and the absence of a
// rule. Each event of a group opens one, and it counts if no other window holds
// all of its events and more: the tail of a burst is not few events. A group
// that saw nothing is never judged.

// alreadyJudged says that a time lies in a window that was judged already.
func (w *window) alreadyJudged(g *group, t time.Time) bool {
	return w.atEnd && !g.judged.IsZero() && !t.After(g.judged)
}

// schedule makes sure the group's oldest window will be judged.
func (w *window) schedule(g *group) {
	if g.heapIndex < 0 {
		heap.Push(&w.due, g)
	} else {
		heap.Fix(&w.due, g.heapIndex)
	}
}

func (w *window) closeUntil(now time.Time) []correlationMatch {
	var out []correlationMatch
	for len(w.due.groups) > 0 {
		g := w.due.groups[0]
		if !g.entries[0].time.Add(w.correlation.timespan + w.grace + w.wait).Before(now) {
			break
		}
		out = w.closeFirst(g, out)
	}
	return out
}

func (w *window) closeAll() []correlationMatch {
	var out []correlationMatch
	for len(w.due.groups) > 0 {
		out = w.closeFirst(w.due.groups[0], out)
	}
	return out
}

// closeFirst judges the oldest window of a group and forgets its first event.
// Unless the window reaches further than the one before, that one held it.
func (w *window) closeFirst(g *group, out []correlationMatch) []correlationMatch {
	end := g.entries[0].time.Add(w.correlation.timespan)
	before := g.hi
	for g.hi < len(g.entries) && !g.entries[g.hi].time.After(end) {
		g.current.add(&g.entries[g.hi])
		g.hi++
	}
	if inside := g.entries[:g.hi]; g.hi > before {
		last := &inside[len(inside)-1]
		if !g.current.holds(inside) {
			g.firing = false
		} else if fd, ok := w.fire(g, end, inside, last.index, last.event); ok {
			out = append(out, fd)
		}
	}
	g.judged = end
	w.dropOldest(g, 1)
	if len(g.entries) == 0 {
		heap.Remove(&w.due, g.heapIndex)
	} else {
		heap.Fix(&w.due, g.heapIndex)
	}
	return out
}

// dueHeap orders groups by the start of their oldest window.
type dueHeap struct{ groups []*group }

// Len is the number of groups.
func (d *dueHeap) Len() int { return len(d.groups) }

// Less orders two groups by the time of their oldest entries.
func (d *dueHeap) Less(i, j int) bool {
	return d.groups[i].entries[0].time.Before(d.groups[j].entries[0].time)
}

// Swap exchanges two groups.
func (d *dueHeap) Swap(i, j int) {
	d.groups[i], d.groups[j] = d.groups[j], d.groups[i]
	d.groups[i].heapIndex, d.groups[j].heapIndex = i, j
}

// Push appends a group, for container/heap.
func (d *dueHeap) Push(x any) {
	g := x.(*group)
	g.heapIndex = len(d.groups)
	d.groups = append(d.groups, g)
}

// Pop removes the last group, for container/heap.
func (d *dueHeap) Pop() any {
	last := len(d.groups) - 1
	g := d.groups[last]
	d.groups[last] = nil
	d.groups = d.groups[:last]
	g.heapIndex = -1
	return g
}

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
