package sigma

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Alert is raised by a rule that matches an event, or by a correlation of several.
type Alert struct {
	Rule *Rule
	// Index is the number of the event that raised the alert, in the order they
	// were fed, from 0; -1 if the end of a window raised it and no event.
	Index int
	// Events are the indexes of all events of a correlation, in event time; of
	// a detection only Index.
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
// It must be used by one goroutine at a time.
type Session struct {
	set     *Set
	next    int
	newest  time.Time
	matched []*Rule
	windows []*window
	queue   []ruleMatch
	out     []Alert
	stats   Stats
}

// ruleMatch is a match to be delivered to the correlations that count the rule.
type ruleMatch struct {
	correlationInputs []*correlationInput
	time              time.Time
	index             int
	event             *logevent.Event
	group             map[string]string // of a correlation's alert
	events            []int
}

// NewSession returns a session that has seen no events.
func (s *Set) NewSession() *Session {
	session := &Session{set: s, windows: make([]*window, len(s.correlations))}
	for i, c := range s.correlations {
		session.windows[i] = newWindow(c, &s.settings, &session.stats)
	}
	for _, w := range session.windows { // correlations that others count come first
		for _, f := range w.correlation.correlationInputs {
			session.windows[f.correlation.index].wait = max(session.windows[f.correlation.index].wait, w.wait+w.grace)
		}
	}
	return session
}

// Stats counts what was dropped so far.
func (s *Session) Stats() Stats { return s.stats }

// Feed evaluates one event and returns the alerts that it raises. An event without
// a time takes part in no correlation, as nobody can say what it is near to.
func (s *Session) Feed(ev *logevent.Event) []Alert {
	s.matched = s.set.Match(ev, s.matched[:0])
	return s.dispatch(ev, s.matched)
}

// dispatch goes on from the rules that fit the event.
func (s *Session) dispatch(ev *logevent.Event, matched []*Rule) []Alert {
	index := s.next
	s.next++
	s.out = nil
	at := ev.Time
	if at.After(s.newest) {
		s.newest = at
		s.closeExpired(at)
	}
	for _, r := range matched {
		p := s.set.byRule[r]
		if !p.suppressed {
			s.out = append(s.out, Alert{Rule: r, Index: index, Events: []int{index}, Time: at})
		}
		if len(p.correlationInputs) > 0 && !at.IsZero() {
			s.queue = append(s.queue, ruleMatch{correlationInputs: p.correlationInputs, time: at, index: index, event: ev, events: []int{index}})
		}
	}
	s.deliverQueued()
	return s.out
}

// Close ends the windows that are still open and returns their alerts. The session
// must not be fed afterwards.
func (s *Session) Close() []Alert {
	s.out = nil
	// A correlation of correlations may open a window when an inner one closes.
	for range len(s.windows) + 1 {
		before := len(s.out)
		for _, w := range s.windows {
			s.emit(w, w.closeAll())
			s.deliverQueued()
		}
		if len(s.out) == before {
			break
		}
	}
	return s.out
}

// closeExpired closes the windows whose time has passed.
func (s *Session) closeExpired(now time.Time) {
	for _, w := range s.windows {
		if w.atEnd {
			s.emit(w, w.closeUntil(now))
		}
	}
	s.deliverQueued()
}

// deliverQueued hands hits on until none is left; correlations come in the order of
// their references, so a chain ends.
func (s *Session) deliverQueued() {
	for len(s.queue) > 0 {
		h := s.queue[0]
		s.queue = s.queue[1:]
		for _, f := range h.correlationInputs {
			w := s.windows[f.correlation.index]
			s.emit(w, w.addMatch(&h, f, s.newest))
		}
	}
	s.queue = s.queue[:0]
}

func (s *Session) emit(w *window, found []correlationMatch) {
	for _, f := range found {
		c := w.correlation
		if !c.suppressed {
			s.out = append(s.out, Alert{Rule: c.rule, Index: f.index, Events: f.events, Group: f.group, Time: f.time})
		}
		if len(c.correlationInputs) > 0 {
			s.queue = append(s.queue, ruleMatch{correlationInputs: c.correlationInputs, time: f.time, index: f.index, event: f.event, group: f.group, events: f.events})
		}
	}
}
