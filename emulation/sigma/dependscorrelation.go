package sigma

import (
	"cmp"
	"maps"
	"slices"
)

// maxQuestions bounds how many uncertain answers of watched rules are tried in
// every combination; sessions are few events long, and this is 64 of them.
const maxQuestions = 6

// network is a correlation with all that it rests on.
type network struct {
	top          *correlationPlan
	correlations []*correlationPlan
	bases        []*plan // in the order of matching
}

func (s *Set) network(c *correlationPlan) *network {
	n := &network{top: c}
	n.add(s, c)
	slices.SortFunc(n.bases, func(a, b *plan) int { return cmp.Compare(a.index, b.index) })
	return n
}

func (n *network) add(s *Set, c *correlationPlan) {
	if slices.Contains(n.correlations, c) {
		return
	}
	n.correlations = append(n.correlations, c)
	for _, watched := range c.watched {
		if base := s.byRule[watched]; base != nil {
			if !slices.Contains(n.bases, base) {
				n.bases = append(n.bases, base)
			}
			continue
		}
		for _, inner := range s.correlations {
			if inner.rule == watched {
				n.add(s, inner)
			}
		}
	}
}

// reads says that a field is what events are grouped by, counted or summed.
func (n *network) reads(field string) bool {
	named := func(f *feed) bool {
		in := func(name string) bool { return within(name, field) }
		return slices.Contains(n.correlations, f.to) && (slices.ContainsFunc(f.groups, in) || slices.ContainsFunc(f.fields, in))
	}
	return slices.ContainsFunc(n.bases, func(p *plan) bool { return slices.ContainsFunc(p.feeds, named) }) ||
		slices.ContainsFunc(n.correlations, func(c *correlationPlan) bool { return slices.ContainsFunc(c.feeds, named) })
}

// monotone says that more matches never take an alert away but by having it
// earlier.
func (n *network) monotone() bool {
	fewer := func(b bound) bool { return b.op != greater && b.op != greaterEqual }
	c := n.top
	return len(n.correlations) == 1 && !slices.ContainsFunc(c.bounds, fewer) && (c.extended == nil || !negates(c.extended)) &&
		(c.kind.temporal() || c.kind == eventCount || c.kind == valueCount)
}

// match is a rule that fits an event, surely or perhaps.
type match struct {
	rule     *Rule
	question int // of the uncertain ones their number, else -1
}

// doubted is what a correlation's alerts on a stream rest on.
type doubted struct {
	*network
	set       *Set
	events    []*Event
	matches   [][]match // by event
	questions int
	loose     bool // what counts and in which group is not known either
	fields    map[string]bool
}

// correlationDoubts compares what comes of the uncertain answers taken as true
// and as false. Where that does not bound what could come of them, all events
// that may count are in doubt.
func (s *Set) correlationDoubts(c *correlationPlan, events []*Event, fields [][]string) []Doubt {
	d := &doubted{network: s.network(c), set: s, events: events, matches: make([][]match, len(events)), fields: map[string]bool{}}
	for i := range events {
		d.ask(i, fields[i])
	}
	var at map[int]bool
	switch {
	case d.questions == 0 && !d.loose:
		return nil
	case !d.loose && d.questions <= maxQuestions:
		at = d.tried()
	case !d.loose && d.monotone() && maps.Equal(d.alerts(func(int) bool { return false }), d.alerts(func(int) bool { return true })):
		return nil
	default:
		at = d.counting()
	}
	var found []Doubt
	for _, i := range slices.Sorted(maps.Keys(at)) {
		found = append(found, Doubt{Index: i, Fields: slices.Sorted(maps.Keys(d.fields))})
	}
	return found
}

// ask puts an event to the rules that the correlation rests on.
func (d *doubted) ask(i int, fields []string) {
	for _, p := range d.bases {
		ev := d.events[i]
		if !p.rule.LogSource.appliesTo(ev.LogSources) {
			continue
		}
		m := match{rule: p.rule, question: -1}
		if names := p.depends(ev, fields); len(names) > 0 {
			m.question = d.questions
			d.questions++
			d.rest(names)
		} else if !p.expr().holds(ev) {
			continue
		}
		d.matches[i] = append(d.matches[i], m)
		for _, field := range fields {
			if d.reads(field) {
				d.loose = true
				d.rest([]string{field})
			}
		}
	}
}

func (d *doubted) rest(fields []string) {
	for _, field := range fields {
		d.fields[field] = true
	}
}

// tried are the events on which the correlation does not alert alike in all
// combinations of the answers.
func (d *doubted) tried() map[int]bool {
	differing := map[int]bool{}
	first := d.alerts(func(int) bool { return false })
	for choice := 1; choice < 1<<d.questions; choice++ {
		other := d.alerts(func(question int) bool { return choice>>question&1 == 1 })
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
func (d *doubted) alerts(fits func(question int) bool) map[int]int {
	session := d.set.NewSession()
	counts := map[int]int{}
	take := func(alerts []Alert) {
		for _, a := range alerts {
			if a.Rule == d.top.rule {
				counts[a.Events[len(a.Events)-1]]++
			}
		}
	}
	for i, ev := range d.events {
		var matched []*Rule
		for _, m := range d.matches[i] {
			if m.question < 0 || fits(m.question) {
				matched = append(matched, m.rule)
			}
		}
		take(session.take(ev, matched))
	}
	take(session.Close())
	return counts
}

// counting are the events that may count at all.
func (d *doubted) counting() map[int]bool {
	at := map[int]bool{}
	for i, matches := range d.matches {
		if len(matches) > 0 {
			at[i] = true
		}
	}
	return at
}
