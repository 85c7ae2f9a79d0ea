package detect

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Asked counts the events of the rule's log source; it is the same in every
// shape. A rule that the set does not hold or evaluate is asked of none.
func (s *Sigma) Asked(id string, events []event.Event, _ event.Shape) int {
	return len(s.asked(id, events))
}

// asked are the places of the events that a rule is asked of.
func (s *Sigma) asked(id string, events []event.Event) []int {
	rule, ok := s.set.Rule(id)
	if !ok {
		return nil
	}
	asks, given := s.set.Asks(rule), sigma.Event{}
	var places []int
	for i := range events {
		given.LogSources = appendSources(given.LogSources[:0], &events[i])
		if asks(&given) {
			places = append(places, i)
		}
	}
	return places
}

// Nearest finds the event with the fewest predicates to change.
func (s *Sigma) Nearest(id string, events []event.Event, shape event.Shape) (Near, bool) {
	rule, ok := s.set.Rule(id)
	if !ok {
		return Near{}, false
	}
	places := s.asked(id, events)
	given := make([]*sigma.Event, len(places))
	for i, place := range places {
		given[i] = EventOf(&events[place], shape)
	}
	near, ok := s.set.Nearest(rule, given)
	if !ok {
		return Near{}, false
	}
	return Near{
		Event: events[places[near.Event]].ID, Distance: len(near.Changes), Changes: near.Changes, Correlation: near.Correlation,
	}, true
}
