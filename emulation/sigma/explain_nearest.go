package sigma

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// NearMiss is how near a rule came to an alert that it did not raise.
type NearMiss struct {
	// Event is the index of the nearest event; of several the first.
	Event int
	// Changes are the predicates that must change on it, a sentence each: at least
	// one.
	Changes []string
	// Correlation is the condition of a correlation, which one more matching event
	// may not satisfy; empty for a detection.
	Correlation string
}

// NearMiss finds the event that comes nearest to an alert of the rule. ok is false if
// none of the events is of the rule's log source, or if the rule matches one.
//
// For a correlation it is the event that comes nearest to being one more match of a
// base rule; for a temporal one, of a base rule that matches none of the events. If
// the events match, and only their number, order, time or group is not what the
// correlation requires, that counts as one change.
func (s *Set) NearMiss(rule *Rule, evs []*logevent.Event) (near NearMiss, ok bool) {
	if c := s.correlation(rule); c != nil {
		return s.nearestOfMany(c, evs)
	}
	p, at, cost := s.nearest([]*Rule{rule}, evs, false)
	if at < 0 || cost == 0 {
		return NearMiss{}, false
	}
	return NearMiss{Event: at, Changes: p.expr().changes(evs[at])}, true
}

func (s *Set) nearestOfMany(c *compiledCorrelation, evs []*logevent.Event) (NearMiss, bool) {
	if p, at, _ := s.nearest(s.missingMatches(c, evs), evs, true); at >= 0 {
		return NearMiss{Event: at, Changes: p.expr().changes(evs[at]), Correlation: c.rule.Condition()}, true
	}
	at := slices.IndexFunc(evs, s.LogSourceMatcher(c.rule))
	if at < 0 {
		return NearMiss{}, false
	}
	change := "the matching events must satisfy " + c.rule.Condition()
	return NearMiss{Event: at, Changes: []string{change}, Correlation: c.rule.Condition()}, true
}

// missingMatches are the detection rules of which a correlation could do with
// one more match.
func (s *Set) missingMatches(c *compiledCorrelation, evs []*logevent.Event) []*Rule {
	var missing []*Rule
	for _, related := range c.related {
		on := s.BaseRules(related)
		_, at, cost := s.nearest(on, evs, false)
		if matched := at >= 0 && cost == 0; !matched || !c.kind.temporal() || c.extended != nil {
			missing = append(missing, on...)
		}
	}
	return missing
}

// nearest finds the event of the rules' log sources, and the rule, with the
// fewest predicates to change: of equals the first event. Events that match already can
// be left out. The index is -1 if there is none.
func (s *Set) nearest(rules []*Rule, evs []*logevent.Event, onlyMismatched bool) (of *compiledRule, at, cost int) {
	at, cost = -1, 1<<62
	for i, ev := range evs {
		for _, rule := range rules {
			p := s.byRule[rule]
			if p == nil || !rule.LogSource.AppliesTo(ev.LogSources) {
				continue
			}
			if n := p.expr().mismatches(ev, true); n < cost && !(onlyMismatched && n == 0) {
				of, at, cost = p, i, n
			}
		}
	}
	return of, at, cost
}

// ExplainNearest explains the event that comes nearest to matching a rule, and returns
// its index: events of the rule's log source first, then the fewest predicates to
// change, then the earliest. The index is -1 if there are no events.
func (s *Set) ExplainNearest(rule *Rule, evs []*logevent.Event) (Explanation, int) {
	_, best, _ := s.nearest([]*Rule{rule}, evs, false)
	if best < 0 {
		best = s.nearestElsewhere(rule, evs)
	}
	if best < 0 {
		return Explanation{Rule: rule, Wanted: rule.LogSource, Note: "no events were given"}, -1
	}
	return s.Explain(rule, evs[best]), best
}

// nearestElsewhere is for events of which the rule was not asked.
func (s *Set) nearestElsewhere(rule *Rule, evs []*logevent.Event) int {
	p := s.byRule[rule]
	best, least := -1, 1<<62
	for i, ev := range evs {
		cost := 0
		if p != nil {
			cost = p.expr().mismatches(ev, true)
		}
		if cost < least {
			best, least = i, cost
		}
	}
	return best
}

// mismatches counts the predicates that stand in the way: the fewest that would
// have to change for the expression to come out as wanted.
func (e *expr) mismatches(ev *logevent.Event, wanted bool) int {
	switch e.op {
	case exprLeaf:
		if e.predicate.holds(ev) == wanted {
			return 0
		}
		return 1
	case exprNot:
		return e.children[0].mismatches(ev, !wanted)
	}
	sum, least := 0, 1<<30
	for _, k := range e.children {
		n := k.mismatches(ev, wanted)
		sum += n
		if least = min(least, n); least == 0 && !e.needsAll(wanted) {
			return 0
		}
	}
	if e.needsAll(wanted) {
		return sum
	}
	return least
}

// needsAll says that e comes out as wanted only if all its parts do: an and that
// should hold, or an or that should not.
func (e *expr) needsAll(wanted bool) bool { return (e.op == exprAnd) == wanted }

// changes puts the predicates that missing counts into words; one that stands in
// the way twice is named once.
func (e *expr) changes(ev *logevent.Event) []string {
	var out []string
	for _, change := range e.change(ev, true) {
		if !slices.Contains(out, change) {
			out = append(out, change)
		}
	}
	return out
}

func (e *expr) change(ev *logevent.Event, wanted bool) []string {
	switch {
	case e.mismatches(ev, wanted) == 0:
		return nil
	case e.op == exprLeaf:
		return []string{e.predicate.change(wanted)}
	case e.op == exprNot:
		return e.children[0].change(ev, !wanted)
	case e.needsAll(wanted):
		var out []string
		for _, k := range e.children {
			out = append(out, k.change(ev, wanted)...)
		}
		return out
	case e.label == itemLabel && wanted:
		return []string{e.anyChange()}
	}
	best, cost := 0, 1<<30
	for i, k := range e.children {
		if n := k.mismatches(ev, wanted); n < cost {
			best, cost = i, n
		}
	}
	return e.children[best].change(ev, wanted)
}
