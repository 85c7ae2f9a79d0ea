package sigma

import (
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// evaluate judges the windows that hold the entry at position at: the newest
// one if events come in order, and those ending later if it was late. It fires
// once until the group falls below or the window has passed.
func (w *window) evaluate(g *group, at int, h *ruleMatch) (correlationMatch, bool) {
	span := w.correlation.timespan
	end := g.entries[len(g.entries)-1].time
	for g.lo < len(g.entries) && g.entries[g.lo].time.Before(end.Add(-span)) {
		g.current.remove(&g.entries[g.lo])
		g.lo++
	}
	if e := &g.entries[at]; e.time.Before(end) {
		if fd, ok := w.evaluateLate(g, at, h); ok {
			return fd, true
		}
	}
	if !g.current.holds(g.entries[g.lo:]) {
		g.firing = false
		return correlationMatch{}, false
	}
	return w.fire(g, end, g.entries[g.lo:], h.index, h.event)
}

// evaluateLate judges the older windows that a late event changed.
func (w *window) evaluateLate(g *group, at int, h *ruleMatch) (correlationMatch, bool) {
	span := w.correlation.timespan
	first := at
	for first > 0 && !g.entries[first-1].time.Before(g.entries[at].time.Add(-span)) {
		first--
	}
	t := aggregate{correlation: w.correlation}
	lo := first
	for hi := first; hi < len(g.entries); hi++ {
		end := g.entries[hi].time
		if end.After(g.entries[at].time.Add(span)) {
			break
		}
		t.add(&g.entries[hi])
		for g.entries[lo].time.Before(end.Add(-span)) {
			t.remove(&g.entries[lo])
			lo++
		}
		if hi >= at && hi < len(g.entries)-1 && t.holds(g.entries[lo:hi+1]) {
			if fd, ok := w.fire(g, end, g.entries[lo:hi+1], h.index, h.event); ok {
				return fd, true
			}
		}
	}
	return correlationMatch{}, false
}

func (w *window) fire(g *group, end time.Time, entries []entry, index int, ev *logevent.Event) (correlationMatch, bool) {
	if g.firing && end.Sub(g.lastAlert).Abs() <= w.correlation.timespan {
		return correlationMatch{}, false
	}
	g.firing = true
	if end.After(g.lastAlert) {
		g.lastAlert = end
	}
	return correlationMatch{time: end, index: index, event: ev, events: indexes(entries), group: g.values}, true
}

// indexes lists the events behind entries, in event time, each once.
func indexes(entries []entry) []int {
	var out []int
	for i := range entries {
		for _, x := range entries[i].events {
			if !slices.Contains(out[max(0, len(out)-16):], x) {
				out = append(out, x)
			}
		}
	}
	return out
}
