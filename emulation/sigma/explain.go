package sigma

import (
	"fmt"
	"strconv"
	"strings"
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
	// Note says what the tree cannot: for a correlation, what it waits for.
	Note string
}

// Reason is one node of the tree. Leaves are predicates.
type Reason struct {
	// Text is the operator, the selection, the item, or the predicate.
	Text string
	Met  bool
	// Needed says that the rule would fit if this were the other way round, or
	// would be nearer to it.
	Needed bool
	// Actual is what the event holds, and Change what would have had to differ;
	// of predicates only.
	Actual string
	Change string
	Kids   []*Reason
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
	e.Root = explainer{ev}.reason(p.expr, true)
	e.Met = e.Root.Met && e.LogSourceMet
	return e
}

func (s *Set) unexplained(rule *Rule) string {
	for _, c := range s.correlations {
		if c.rule == rule {
			names := make([]string, len(c.watched))
			for i, w := range c.watched {
				names[i] = w.Title
			}
			return fmt.Sprintf("a correlation over %s: %s", strings.Join(names, ", "), rule.Condition())
		}
	}
	return "the rule is not evaluated: see the problems reported when it was compiled"
}

type explainer struct{ ev *Event }

// reason explains e, which has to come out as wanted for the rule to fit.
func (x explainer) reason(e *expr, wanted bool) *Reason {
	r := &Reason{Text: e.heading()}
	switch e.op {
	case exprLeaf:
		r.Met = e.pred.holds(x.ev)
		r.Actual = e.pred.actual(x.ev)
		r.Text = e.pred.String()
		if e.label == itemLabel && e.pred.op == opText && len(e.pred.pattern) > 0 {
			r.Text = e.text + ": " + shorten(e.pred.valueText(), 60)
		}
		if r.Met != wanted {
			r.Change = e.pred.change(r.Met)
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
	case selectionLabel:
		if e.op == exprAnd && len(e.kids) == 1 {
			return e.text
		}
		return strings.TrimSpace(e.text + " (" + op + ")")
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
	// An and that should hold, or an or that should not, needs all its parts.
	if (e.op == exprAnd) == wanted {
		return sum
	}
	return least
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
			cost += explainer{ev}.reason(p.expr, true).missing(p.expr, true)
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
