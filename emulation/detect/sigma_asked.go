package detect

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Asked returns how many events are of the rule's log source, in whatever shape. It
// is 0 for a rule that is not in the set.
func (s *Sigma) Asked(id string, events []event.Event, _ event.Shape) int {
	return len(s.askedEvents(id, events))
}

// askedEvents returns the indexes of the events that a rule is asked of.
func (s *Sigma) askedEvents(id string, events []event.Event) []int {
	rule, ok := s.FullRule(id)
	if !ok {
		return nil
	}
	asks, given := s.set.LogSourceMatcher(rule), logevent.Event{}
	var indexes []int
	for i := range events {
		given.LogSources = appendSources(given.LogSources[:0], &events[i])
		if asks(&given) {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// Nearest returns the event with the fewest predicates to change.
func (s *Sigma) Nearest(id string, events []event.Event, shape event.Shape) (NearMiss, bool) {
	rule, ok := s.FullRule(id)
	if !ok {
		return NearMiss{}, false
	}
	indexes := s.askedEvents(id, events)
	given := make([]*logevent.Event, len(indexes))
	for i, place := range indexes {
		given[i] = EventOf(&events[place], shape)
	}
	near, ok := s.set.NearMiss(rule, given)
	if !ok {
		return NearMiss{}, false
	}
	return NearMiss{
		Event: events[indexes[near.Event]].ID, Distance: len(near.Changes), Changes: near.Changes, Correlation: near.Correlation,
	}, true
}
