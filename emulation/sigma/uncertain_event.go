package sigma

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// FieldDependencies names the fields, out of those given, that a detection rule's answer
// on an event rests on, its filters included. It names each whose value alone
// decides while the others stay as they are; where only several together do, all
// that the rule reads. Sorted, each once.
//
// None means that the answer is certain: it stays as it is whatever the given
// fields hold, and if the event lacks them. The converse does not hold: a rule
// that asks a field for a value or its opposite is said to rest on it.
//
// Of a correlation, which looks at many events, ask Doubts.
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
	if len(read) == 0 || newPartialEvent(ev, read).evaluate(e) != unknown {
		return nil
	}
	slices.Sort(read)
	read = slices.Compact(read)
	var alone []string
	for _, field := range read {
		if newPartialEvent(ev, []string{field}).evaluate(e) == unknown {
			alone = append(alone, field)
		}
	}
	if len(alone) > 0 {
		return alone
	}
	return read
}

// UncertainEvent is an event on which a rule may alert or not, according to the values of
// fields that are not to be relied on.
type UncertainEvent struct {
	// Index is the event's among those given: of a correlation, the newest of an
	// alert.
	Index int
	// Fields are what it rests on, sorted.
	Fields []string
}

// UncertainEvents says on which events of a stream it rests on certain fields whether a
// rule alerts, in the order of the events. The events are as Session.Feed takes
// them, and fields has a list for each. Whether a rule alerts on the other events
// is certain.
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
