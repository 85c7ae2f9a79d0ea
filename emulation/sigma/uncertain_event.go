package sigma

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// FieldDependencies lists those of the given fields whose values decide whether a
// detection, with its filters, matches an event; sorted, each once. These are the
// fields of which each alone can change the answer while the others stay as they are;
// if only several together can, all given fields that the rule reads.
//
// If the list is empty, the answer stays the same whatever values the fields have, and
// if the event lacks them. The converse is not true: a rule that matches both a value
// and its opposite is still said to depend on the field.
//
// For correlations, see [Set.UncertainEvents].
func (s *Set) FieldDependencies(rule *Rule, ev *logevent.Event, fields []string) []string {
	p := s.byRule[rule]
	if p == nil || !rule.LogSource.AppliesTo(ev.LogSources) {
		return nil
	}
	return p.depends(ev, fields)
}

func (p *compiledRule) depends(ev *logevent.Event, fields []string) []string {
	e, names := p.expr(), p.readFields()
	var read []string
	for _, field := range fields {
		if slices.ContainsFunc(names, func(name string) bool { return name == "" || withinField(name, field) }) {
			read = append(read, field)
		}
	}
	if len(read) == 0 || (partialEvent{ev, read}).evaluate(e) != unknown {
		return nil
	}
	slices.Sort(read)
	read = slices.Compact(read)
	var alone []string
	for _, field := range read {
		if (partialEvent{ev, []string{field}}).evaluate(e) == unknown {
			alone = append(alone, field)
		}
	}
	if len(alone) > 0 {
		return alone
	}
	return read
}

// UncertainEvent is an event on which the values of unreliable fields decide whether
// a rule alerts.
type UncertainEvent struct {
	// Index is the event's among those given: of a correlation, the newest of an
	// alert.
	Index int
	// Fields are the names of the fields that decide, sorted.
	Fields []string
}

// UncertainEvents lists the events of a stream on which the values of certain fields
// decide whether a rule alerts, in the order of the events. The events are as
// [Session.Feed] takes them, and fields has a list of field names for each. On all
// other events the answer is certain.
func (s *Set) UncertainEvents(rule *Rule, events []*logevent.Event, fields [][]string) []UncertainEvent {
	if s.SuppressedByCorrelation(rule) {
		return nil
	}
	if p := s.byRule[rule]; p != nil {
		var found []UncertainEvent
		for i, ev := range events {
			if len(fields[i]) == 0 {
				continue
			}
			if names := s.FieldDependencies(rule, ev, fields[i]); len(names) > 0 {
				found = append(found, UncertainEvent{Index: i, Fields: names})
			}
		}
		return found
	}
	for _, c := range s.correlations {
		if c.rule == rule {
			return s.uncertainCorrelationEvents(c, events, fields)
		}
	}
	return nil
}
