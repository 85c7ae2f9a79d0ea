package sigma

import (
	"cmp"
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// maxUnknowns bounds how many uncertain answers of related rules are tried in
// every combination; sessions are few events long, and this is 64 of them.
const maxUnknowns = 6

// correlationGraph is a correlation with all that it rests on.
type correlationGraph struct {
	top          *compiledCorrelation
	correlations []*compiledCorrelation
	detections   []*compiledRule // in the order of matching
}

func (s *Set) correlationGraph(c *compiledCorrelation) *correlationGraph {
	n := &correlationGraph{top: c}
	n.add(s, c)
	slices.SortFunc(n.detections, func(a, b *compiledRule) int { return cmp.Compare(a.index, b.index) })
	return n
}

func (n *correlationGraph) add(s *Set, c *compiledCorrelation) {
	if slices.Contains(n.correlations, c) {
		return
	}
	n.correlations = append(n.correlations, c)
	for _, related := range c.related {
		if base := s.byRule[related]; base != nil {
			if !slices.Contains(n.detections, base) {
				n.detections = append(n.detections, base)
			}
			continue
		}
		for _, inner := range s.correlations {
			if inner.rule == related {
				n.add(s, inner)
			}
		}
	}
}

// readsField says that a field is what events are grouped by, counted or summed.
func (n *correlationGraph) readsField(field string) bool {
	named := func(f *correlationInput) bool {
		in := func(name string) bool { return withinField(name, field) }
		return slices.Contains(n.correlations, f.correlation) && (slices.ContainsFunc(f.groups, in) || slices.ContainsFunc(f.fields, in))
	}
	return slices.ContainsFunc(n.detections, func(p *compiledRule) bool { return slices.ContainsFunc(p.correlationInputs, named) }) ||
		slices.ContainsFunc(n.correlations, func(c *compiledCorrelation) bool { return slices.ContainsFunc(c.correlationInputs, named) })
}

// monotone says that more matches never take an alert away but by having it
// earlier.
func (n *correlationGraph) monotone() bool {
	return len(n.correlations) == 1 && !n.top.changeable()
}

// possibleMatch is a rule that matches an event, or may.
type possibleMatch struct {
	rule    *Rule
	unknown int // of the uncertain ones their number, else -1
}

// correlationUncertainty is what a correlation's alerts on a stream rest on.
type correlationUncertainty struct {
	*correlationGraph
	set               *Set
	events            []*logevent.Event
	matches           [][]possibleMatch // by event
	unknowns          int
	groupingUncertain bool // what counts and in which group is not known either
	fields            map[string]bool
}

// uncertainCorrelationEvents compares what comes of the uncertain answers taken as true
// and as false. Where that does not bound what could come of them, all events
// that may count are in doubt.
func (s *Set) uncertainCorrelationEvents(c *compiledCorrelation, events []*logevent.Event, fields [][]string) []UncertainEvent {
	d := &correlationUncertainty{correlationGraph: s.correlationGraph(c), set: s, events: events, matches: make([][]possibleMatch, len(events)), fields: map[string]bool{}}
	for i := range events {
		d.addEvent(i, fields[i])
	}
	var at map[int]bool
	switch {
	case d.unknowns == 0 && !d.groupingUncertain:
		return nil
	case !d.groupingUncertain && d.unknowns <= maxUnknowns:
		at = d.enumerate()
	case !d.groupingUncertain && d.monotone() && maps.Equal(d.alerts(func(int) bool { return false }), d.alerts(func(int) bool { return true })):
		return nil
	default:
		at = d.allMatching()
	}
	var found []UncertainEvent
	for _, i := range slices.Sorted(maps.Keys(at)) {
		found = append(found, UncertainEvent{Index: i, Fields: slices.Sorted(maps.Keys(d.fields))})
	}
	return found
}

// addEvent puts an event to the rules that the correlation rests on.
func (d *correlationUncertainty) addEvent(i int, fields []string) {
	for _, p := range d.detections {
		ev := d.events[i]
		if !p.rule.LogSource.AppliesTo(ev.LogSources) {
			continue
		}
		m := possibleMatch{rule: p.rule, unknown: -1}
		if names := p.depends(ev, fields); len(names) > 0 {
			m.unknown = d.unknowns
			d.unknowns++
			d.addFields(names)
		} else if !p.expr().holds(ev) {
			continue
		}
		d.matches[i] = append(d.matches[i], m)
		for _, field := range fields {
			if d.readsField(field) {
				d.groupingUncertain = true
				d.addFields([]string{field})
			}
		}
	}
}

func (d *correlationUncertainty) addFields(fields []string) {
	for _, field := range fields {
		d.fields[field] = true
	}
}

// enumerate are the events on which the correlation does not alert alike in all
// combinations of the answers.
func (d *correlationUncertainty) enumerate() map[int]bool {
	differing := map[int]bool{}
	first := d.alerts(func(int) bool { return false })
	for choice := 1; choice < 1<<d.unknowns; choice++ {
		other := d.alerts(func(unknown int) bool { return choice>>unknown&1 == 1 })
		for _, counts := range []map[int]int{first, other} {
			for i := range counts {
				if first[i] != other[i] {
					differing[i] = true
				}
			}
		}
	}
	return differing
}

// alerts counts the correlation's by the index of the newest event.
func (d *correlationUncertainty) alerts(isMatch func(unknown int) bool) map[int]int {
	session := d.set.NewSession()
	counts := map[int]int{}
	count := func(alerts []Alert) {
		for _, a := range alerts {
			if a.Rule == d.top.rule {
				counts[a.Events[len(a.Events)-1]]++
			}
		}
	}
	for i, ev := range d.events {
		var matched []*Rule
		for _, m := range d.matches[i] {
			if m.unknown < 0 || isMatch(m.unknown) {
				matched = append(matched, m.rule)
			}
		}
		count(session.dispatch(ev, matched))
	}
	count(session.Close())
	return counts
}

// allMatching are the events that may count at all.
func (d *correlationUncertainty) allMatching() map[int]bool {
	at := map[int]bool{}
	for i, matches := range d.matches {
		if len(matches) > 0 {
			at[i] = true
		}
	}
	return at
}
