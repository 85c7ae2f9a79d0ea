package sigma

import (
	"fmt"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Explanation is why a rule matches an event or does not: its condition as a tree.
type Explanation struct {
	Rule *Rule
	// Met says that the rule matches, LogSourceMet that the event is of its log source.
	Met          bool
	LogSourceMet bool
	// Wanted and Got are the log sources of the rule and of the event.
	Wanted logevent.LogSource
	Got    []logevent.LogSource
	Root   *Reason
	// Changes are the fewest changes of the event by which the rule would match, a
	// sentence each; empty if it matches.
	Changes []string
	// Note is for rules without a tree: what a correlation waits for, or why the rule
	// is not evaluated.
	Note string
}

// Reason is one node of the tree. Leaves are predicates.
type Reason struct {
	// Text is the operator, the selection, the item, or the predicate.
	Text string
	Met  bool
	// Needed says that this part would have to change for the rule to match.
	Needed bool
	// Actual is the event's value, and Change what must change; of predicates only.
	Actual   string
	Change   string
	Children []*Reason

	predicateText string // of a predicate: Text without the field
	leaf          bool
	item          bool // a line of a selection: its parts look at one field
}

// Explain returns why a rule of the set matches an event or does not. The condition
// is explained even if the event is of another log source.
func (s *Set) Explain(rule *Rule, ev *logevent.Event) Explanation {
	e := Explanation{Rule: rule, Wanted: rule.LogSource, Got: ev.LogSources, LogSourceMet: true}
	p := s.byRule[rule]
	if p == nil {
		e.Note = s.unexplained(rule)
		return e
	}
	e.LogSourceMet = rule.LogSource.AppliesTo(ev.LogSources)
	e.Root = explainer{ev}.reason(p.expr(), true)
	e.Root.clearNeeded(true)
	e.Met = e.Root.Met && e.LogSourceMet
	if !e.LogSourceMet {
		e.Changes = append(e.Changes, "the event must be of "+rule.LogSource.String())
	}
	e.Changes = append(e.Changes, p.expr().changes(ev)...)
	return e
}

// clearNeeded takes back what is needed below a node that is as wanted already.
func (r *Reason) clearNeeded(needed bool) {
	if r.Needed = r.Needed && needed; !r.Needed {
		r.Change = ""
	}
	for _, k := range r.Children {
		k.clearNeeded(r.Needed)
	}
}

func (s *Set) unexplained(rule *Rule) string {
	if rule.Kind == Filter {
		return "this rule is a filter: it is explained with the rules it applies to"
	}
	for _, c := range s.correlations {
		if c.rule == rule {
			return fmt.Sprintf("this rule is a correlation of several events: %s", rule.Condition())
		}
	}
	return "this rule could not be compiled: see the reported problems"
}

type explainer struct{ ev *logevent.Event }

// reason explains e, which has to come out as wanted for the rule to fit.
func (x explainer) reason(e *expr, wanted bool) *Reason {
	r := &Reason{Text: e.heading(), item: e.label == itemLabel}
	switch e.op {
	case exprLeaf:
		r.leaf = true
		r.Met = e.predicate.holds(x.ev)
		r.Actual = e.predicate.actual(x.ev)
		r.Text, r.predicateText = e.predicate.String(), e.predicate.predicateText()
		if r.Met != wanted {
			r.Change = e.predicate.change(wanted)
		}
	case exprNot:
		child := x.reason(e.children[0], !wanted)
		r.Children = []*Reason{child}
		r.Met = !child.Met
	default:
		and := e.op == exprAnd
		r.Met = and
		for _, k := range e.children {
			child := x.reason(k, wanted)
			r.Children = append(r.Children, child)
			if and {
				r.Met = r.Met && child.Met
			} else {
				r.Met = r.Met || child.Met
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
		if e.op == exprLeaf || e.op == exprAnd && len(e.children) == 1 {
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
