package sigma

import (
	"container/heap"
	"time"
)

// Fewer than so many, and the absence of a rule, are judged when a window is
// over. Such a window opens with the first event of a group; the next one with
// the first event after it. A group that saw nothing is never judged.

// schedule makes sure the group's window will be judged.
func (w *window) schedule(g *group, at int) {
	if !g.judged.IsZero() && !g.entries[at].time.After(g.judged) {
		w.stats.Late++
		g.entries = append(g.entries[:at], g.entries[at+1:]...)
		g.now = tally{kind: w.plan}
		g.lo = len(g.entries)
		w.total--
		if len(g.entries) == 0 {
			return
		}
	}
	if g.heapIndex < 0 {
		heap.Push(&w.due, g)
	} else {
		heap.Fix(&w.due, g.heapIndex)
	}
}

func (w *window) closeUntil(now time.Time) []finding {
	var out []finding
	for len(w.due.groups) > 0 {
		g := w.due.groups[0]
		if !g.entries[0].time.Add(w.plan.timespan + w.grace).Before(now) {
			break
		}
		out = w.closeFirst(g, out)
	}
	return out
}

func (w *window) closeAll() []finding {
	var out []finding
	for len(w.due.groups) > 0 {
		out = w.closeFirst(w.due.groups[0], out)
	}
	return out
}

// closeFirst judges the oldest window of a group and forgets its events.
func (w *window) closeFirst(g *group, out []finding) []finding {
	end := g.entries[0].time.Add(w.plan.timespan)
	t := tally{kind: w.plan}
	n := 0
	for n < len(g.entries) && !g.entries[n].time.After(end) {
		t.add(&g.entries[n])
		n++
	}
	if t.holds(g.entries[:n]) {
		out = append(out, finding{time: end, index: g.entries[n-1].index, events: indexes(g.entries[:n]), group: g.values})
	}
	g.judged = end
	g.entries = g.entries[n:]
	g.now, g.lo = tally{kind: w.plan}, len(g.entries)
	w.total -= n
	if len(g.entries) == 0 {
		heap.Remove(&w.due, g.heapIndex)
	} else {
		heap.Fix(&w.due, g.heapIndex)
	}
	return out
}

// dueHeap orders groups by the start of their oldest window.
type dueHeap struct{ groups []*group }

func (d *dueHeap) Len() int { return len(d.groups) }
func (d *dueHeap) Less(i, j int) bool {
	return d.groups[i].entries[0].time.Before(d.groups[j].entries[0].time)
}
func (d *dueHeap) Swap(i, j int) {
	d.groups[i], d.groups[j] = d.groups[j], d.groups[i]
	d.groups[i].heapIndex, d.groups[j].heapIndex = i, j
}

// Push and Pop are for container/heap.
func (d *dueHeap) Push(x any) {
	g := x.(*group)
	g.heapIndex = len(d.groups)
	d.groups = append(d.groups, g)
}

func (d *dueHeap) Pop() any {
	last := len(d.groups) - 1
	g := d.groups[last]
	d.groups[last] = nil
	d.groups = d.groups[:last]
	g.heapIndex = -1
	return g
}
