package detect

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Asked returns how many events are of the rule's log source, in whatever shape. It
// is 0 for a rule that is not in the set.
func (s *Sigma) Asked(id string, events []event.Event, _ event.Shape) int {
	return len(s.askedEvents(id, events))
}

// askedEvents returns the indexes of the events that a rule is asked of.
func (s *Sigma) askedEvents(id string, events []event.Event) []int {
	sources := s.sourcesOf(id)
	var indexes []int
	for i := range events {
		if belongsToAny(&events[i], sources) {
			indexes = append(indexes, i)
		}
	}
	return indexes
}

// sourcesOf returns the log sources that the rules are asked of, each once.
func (s *Sigma) sourcesOf(rules ...string) []event.LogSource {
	var all []event.LogSource
	for _, id := range rules {
		rule, ok := s.FullRule(id)
		if !ok {
			continue
		}
		for _, base := range s.set.BaseRules(rule) {
			if source := event.LogSource(base.LogSource); !slices.Contains(all, source) {
				all = append(all, source)
			}
		}
	}
	return all
}

// belongsToAny reports whether an event is of one of the log sources.
func belongsToAny(e *event.Event, sources []event.LogSource) bool {
	for _, source := range sources {
		if slices.ContainsFunc(e.Sources, source.Contains) {
			return true
		}
	}
	return false
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

// NearestIn is [Sigma.Nearest] of events that many rules are asked of; the event is that
// with this index. All must be of the rule's log source, unless it is a correlation.
func (s *Sigma) NearestIn(rule *sigma.Rule, batch *sigma.Batch) (near sigma.NearMiss, ok bool) {
	return s.set.NearMissIn(rule, batch)
}
