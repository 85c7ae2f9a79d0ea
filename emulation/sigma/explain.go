package sigma

import (
	"fmt"
	"slices"
	"strconv"
)

// Explanation is why a rule fits an event or does not: the condition as a tree.
type Explanation struct {
	Rule *Rule
	// Met is the answer; LogSourceMet whether the rule was asked at all.
	Met          bool
	LogSourceMet bool
	// Wanted and Got are the log sources of the rule and of the event.
	Wanted LogSource
	Got    []LogSource
	Root   *Reason
	// Changes is the least that would have had to differ for the rule to fit, a
	// sentence each; empty if it fits.
	Changes []string
	// Note says what the tree cannot: for a correlation, what it waits for.
	Note string
}

// Reason is one node of the tree. Leaves are predicates.
type Reason struct {
	// Text is the operator, the selection, the item, or the predicate.
	Text string
	Met  bool
	// Needed says that the rule would be nearer to fitting if this were the
	// other way round.
	Needed bool
	// Actual is what the event holds, and Change what would have had to differ;
	// of predicates only.
	Actual string
	Change string
	Kids   []*Reason

	words string // of a predicate: Text without the field
	leaf  bool
	item  bool // a line of a selection: its parts look at one field
}

// Explain says why a rule of the set fits an event or does not. The event's log
// source is looked at too, but the condition is explained either way.
func (s *Set) Explain(rule *Rule, ev *Event) Explanation {
	e := Explanation{Rule: rule, Wanted: rule.LogSource, Got: ev.LogSources, LogSourceMet: true}
	p := s.byRule[rule]
	if p == nil {
		e.Note = s.unexplained(rule)
		return e
	}
	e.LogSourceMet = rule.LogSource.appliesTo(ev.LogSources)
	e.Root = explainer{ev}.reason(p.expr(), true)
	e.Root.settle(true)
	e.Met = e.Root.Met && e.LogSourceMet
	if !e.LogSourceMet {
		e.Changes = append(e.Changes, "the event would have to be of "+rule.LogSource.String())
	}
	for _, c := range e.Root.changes(p.expr(), true) {
		if !slices.Contains(e.Changes, c) {
			e.Changes = append(e.Changes, c)
		}
	}
	return e
}

// settle takes back what is needed below a node that is as wanted already.
func (r *Reason) settle(needed bool) {
	if r.Needed = r.Needed && needed; !r.Needed {
		r.Change = ""
	}
	for _, k := range r.Kids {
		k.settle(r.Needed)
	}
}

func (s *Set) unexplained(rule *Rule) string {
	if rule.Kind == Filter {
		return "a filter: it is part of the explanation of the rules it narrows"
	}
	for _, c := range s.correlations {
		if c.rule == rule {
			return fmt.Sprintf("a correlation of many events: %s", rule.Condition())
		}
	}
	return "the rule is not evaluated: see the problems reported when it was compiled"
}

type explainer struct{ ev *Event }

// reason explains e, which has to come out as wanted for the rule to fit.
func (x explainer) reason(e *expr, wanted bool) *Reason {
	r := &Reason{Text: e.heading(), item: e.label == itemLabel}
	switch e.op {
	case exprLeaf:
		r.leaf = true
		r.Met = e.pred.holds(x.ev)
		r.Actual = e.pred.actual(x.ev)
		r.Text, r.words = e.pred.String(), e.pred.words()
		if r.Met != wanted {
			r.Change = e.pred.change(wanted)
		}
	case exprNot:
		kid := x.reason(e.kids[0], !wanted)
		r.Kids = []*Reason{kid}
		r.Met = !kid.Met
	default:
		and := e.op == exprAnd
		r.Met = and
		for _, k := range e.kids {
			kid := x.reason(k, wanted)
			r.Kids = append(r.Kids, kid)
			if and {
				r.Met = r.Met && kid.Met
			} else {
				r.Met = r.Met || kid.Met
			}
		}
	}
	r.Needed = r.Met != wanted
	return r
}

// heading names an inner node.
func (e *expr) heading() string {
	op := map[exprOp]string{exprAnd: "all of", exprOr: "any of", exprNot: "not"}[e.op]
	switch e.label {
	case patternLabel:
		return e.text
	case selectionLabel:
		if e.op == exprLeaf || e.op == exprAnd && len(e.kids) == 1 {
			return e.text
		}
		return e.text + " (" + op + ")"
	case filterLabel:
		return "filter " + strconv.Quote(e.text) + " (" + op + ")"
	case itemLabel:
		return e.text + " (" + op + ")"
	}
	return op
}

// missing counts the predicates that stand in the way: the fewest that would
// have to change for the node to come out as wanted.
func (r *Reason) missing(e *expr, wanted bool) int {
	if r.Met == wanted {
		return 0
	}
	switch e.op {
	case exprLeaf:
		return 1
	case exprNot:
		return r.Kids[0].missing(e.kids[0], !wanted)
	}
	sum, least := 0, 1<<30
	for i, k := range r.Kids {
		n := k.missing(e.kids[i], wanted)
		sum += n
		least = min(least, n)
	}
	if e.needsAll(wanted) {
		return sum
	}
	return least
}

// needsAll says that e comes out as wanted only if all its parts do: an and that
// should hold, or an or that should not.
func (e *expr) needsAll(wanted bool) bool { return (e.op == exprAnd) == wanted }

// changes puts the predicates that missing counts into words.
func (r *Reason) changes(e *expr, wanted bool) []string {
	if r.Met == wanted {
		return nil
	}
	switch {
	case e.op == exprLeaf:
		return []string{e.pred.change(wanted)}
	case e.op == exprNot:
		return r.Kids[0].changes(e.kids[0], !wanted)
	case e.needsAll(wanted):
		var out []string
		for i, k := range r.Kids {
			out = append(out, k.changes(e.kids[i], wanted)...)
		}
		return out
	case e.label == itemLabel && wanted:
		return []string{e.anyChange()}
	}
	best, cost := 0, 1<<30
	for i, k := range r.Kids {
		if n := k.missing(e.kids[i], wanted); n < cost {
			best, cost = i, n
		}
	}
	return r.Kids[best].changes(e.kids[best], wanted)
}

// NearestMiss finds the event that came nearest to fitting a rule: first those
// of its log source, then the fewest predicates to change, then the earliest.
// The index is -1 if there are no events.
func (s *Set) NearestMiss(rule *Rule, evs []*Event) (Explanation, int) {
	p := s.byRule[rule]
	best, bestCost := -1, 1<<62
	for i, ev := range evs {
		cost := 0
		if !rule.LogSource.appliesTo(ev.LogSources) {
			cost = 1 << 40
		}
		if p != nil {
			cost += explainer{ev}.reason(p.expr(), true).missing(p.expr(), true)
		}
		if cost < bestCost {
			best, bestCost = i, cost
		}
	}
	if best < 0 {
		return Explanation{Rule: rule, Wanted: rule.LogSource, Note: "there are no events"}, -1
	}
	return s.Explain(rule, evs[best]), best
}
