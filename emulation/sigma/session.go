package sigma

import (
	"time"
)

// Alert is one finding: of a rule about an event, or of a correlation about
// several.
type Alert struct {
	Rule *Rule
	// Index is that of the event which brought the alert about, in the order
	// they were fed, from 0; -1 if only time brought it about and no event.
	Index int
	// Events are the indexes of all events of a correlation, in event time; of
	// a plain rule just Index.
	Events []int
	// Group holds the values the events of a correlation have in common.
	Group map[string]string
	// Time is the event time of the alert.
	Time time.Time
}

// Stats counts what a session could not consider.
type Stats struct {
	Late    int // events beyond the lateness limit, for a correlation
	Evicted int // remembered events and groups given up for the limits
}

// Session evaluates a stream of events, correlations included, in event time.
// It belongs to one goroutine.
type Session struct {
	set     *Set
	next    int
	newest  time.Time
	matched []*Rule
	windows []*window
	queue   []hit
	out     []Alert
	stats   Stats
}

// hit is a match on its way to the correlations that watch the rule.
type hit struct {
	feeds  []*feed
	time   time.Time
	index  int
	event  *Event
	group  map[string]string // of a correlation's alert
	events []int
}

// NewSession starts at nothing seen.
func (s *Set) NewSession() *Session {
	x := &Session{set: s, windows: make([]*window, len(s.correlations))}
	for i, c := range s.correlations {
		x.windows[i] = newWindow(c, &s.settings, &x.stats)
	}
	for _, w := range x.windows { // those that are watched come first
		for _, f := range w.plan.feeds {
			x.windows[f.to.index].wait = max(x.windows[f.to.index].wait, w.wait+w.grace)
		}
	}
	return x
}

// Stats tells what was dropped so far.
func (x *Session) Stats() Stats { return x.stats }

// Feed evaluates one event and returns the alerts it brings about. An event
// without a time counts as happening with the newest before it.
func (x *Session) Feed(ev *Event) []Alert {
	x.matched = x.set.Match(ev, x.matched[:0])
	return x.take(ev, x.matched)
}

// take goes on from the rules that fit the event.
func (x *Session) take(ev *Event, matched []*Rule) []Alert {
	index := x.next
	x.next++
	x.out = nil
	at := ev.Time
	if at.IsZero() {
		at = x.newest
	}
	if at.After(x.newest) {
		x.newest = at
		x.judge(at)
	}
	for _, r := range matched {
		p := x.set.byRule[r]
		if !p.silent {
			x.out = append(x.out, Alert{Rule: r, Index: index, Events: []int{index}, Time: at})
		}
		if len(p.feeds) > 0 {
			x.queue = append(x.queue, hit{feeds: p.feeds, time: at, index: index, event: ev, events: []int{index}})
		}
	}
	x.drain()
	return x.out
}

// Close judges the windows still open and returns their alerts. The session may
// not be fed afterwards.
func (x *Session) Close() []Alert {
	x.out = nil
	// A correlation of correlations may open a window when an inner one closes.
	for range len(x.windows) + 1 {
		before := len(x.out)
		for _, w := range x.windows {
			x.emit(w, w.closeAll())
			x.drain()
		}
		if len(x.out) == before {
			break
		}
	}
	return x.out
}

// judge closes the windows whose time has passed.
func (x *Session) judge(now time.Time) {
	for _, w := range x.windows {
		if w.atEnd {
			x.emit(w, w.closeUntil(now))
		}
	}
	x.drain()
}

// drain hands hits on until none is left; correlations come in the order of
// their references, so a chain ends.
func (x *Session) drain() {
	for len(x.queue) > 0 {
		h := x.queue[0]
		x.queue = x.queue[1:]
		for _, f := range h.feeds {
			w := x.windows[f.to.index]
			x.emit(w, w.add(&h, f, x.newest))
		}
	}
	x.queue = x.queue[:0]
}

func (x *Session) emit(w *window, found []finding) {
	for _, f := range found {
		c := w.plan
		if !c.silent {
			x.out = append(x.out, Alert{Rule: c.rule, Index: f.index, Events: f.events, Group: f.group, Time: f.time})
		}
		if len(c.feeds) > 0 {
			x.queue = append(x.queue, hit{feeds: c.feeds, time: f.time, index: f.index, event: f.event, group: f.group, events: f.events})
		}
	}
}
