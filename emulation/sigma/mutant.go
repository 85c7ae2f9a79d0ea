package sigma

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/textline"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// Operator is the kind of alteration that made a mutant.
type Operator string

// The operators.
const (
	PredicateDropped   Operator = "predicate_dropped"
	ValueDropped       Operator = "value_dropped"
	KeywordDropped     Operator = "keyword_dropped"
	AlternativeDropped Operator = "alternative_dropped" // a map of a selection that lists several
	SelectionDropped   Operator = "selection_dropped"   // a term of the condition
	FilterRemoved      Operator = "filter_removed"      // a term of the condition below "not"
	NegationRemoved    Operator = "negation_removed"
	ModifierLoosened   Operator = "modifier_loosened"
	WildcardWidened    Operator = "wildcard_widened"
	AndOrSwapped       Operator = "and_or_swapped"
	QuantifierSwapped  Operator = "quantifier_swapped" // 1 of, all of
	CountMoved         Operator = "count_moved"
	TimespanMoved      Operator = "timespan_moved"
	GroupingDropped    Operator = "grouping_dropped"
	OrderDropped       Operator = "order_dropped" // temporal_ordered read as temporal
)

// Operators lists them all, those of detections first.
func Operators() []Operator {
	return []Operator{
		PredicateDropped, ValueDropped, KeywordDropped, AlternativeDropped, SelectionDropped, FilterRemoved, NegationRemoved,
		ModifierLoosened, WildcardWidened, AndOrSwapped, QuantifierSwapped, CountMoved, TimespanMoved, GroupingDropped, OrderDropped,
	}
}

// Mutant is a rule altered in one place. If no test of the rule notices the
// alteration, that part of the rule is not tested.
type Mutant struct {
	// Rule is the altered copy: id, name and log source are the rule's own.
	Rule     *Rule
	Operator Operator
	// Line is where the altered part stands in the rule's file, from 1.
	Line int
	// Before is the part as the rule has it; After is what replaces it, empty if it
	// is removed.
	Before, After string
	// Equivalent says why no event can tell the mutant from the rule; empty where
	// that is not proven.
	Equivalent string
}

// Mutants lists the mutants of a detection or a correlation; of those that match the
// same events by the same expression only the first. A filter has none, as it is part
// of other rules.
func Mutants(r *Rule) []Mutant {
	switch {
	case r.Kind == Detection && r.detection != nil:
		return detectionMutants(r)
	case r.Kind == Correlation && r.correlation != nil:
		return correlationMutants(r)
	}
	return nil
}

// mutation describes the alteration of a mutant.
type mutation struct {
	operator      Operator
	line          int
	before, after string
	equivalence   func() string // of an equivalent one; may be nil or answer nothing
}

// mutator gathers the mutants of a detection.
type mutator struct {
	rule     *Rule
	original *expr
	known    map[string]bool // signatures
	found    []Mutant
}

func detectionMutants(r *Rule) []Mutant {
	original := newExprBuilder(nil).detection(r.detection)
	if original == nil {
		return nil
	}
	original = original.flattened()
	m := &mutator{rule: r, original: original, known: map[string]bool{}}
	for i, s := range r.detection.selections {
		m.selection(s, func(altered *selection) *detection { return r.detection.withSelection(i, altered) })
	}
	for i, tree := range r.detection.trees {
		m.condition(i, tree)
	}
	return m.found
}

// addMutant takes in a mutant, unless it asks for what an earlier one does.
func (m *mutator) addMutant(altered *detection, a mutation) {
	e := newExprBuilder(nil).detection(altered)
	if e == nil {
		return
	}
	e = e.flattened()
	signature := e.signature()
	if m.known[signature] {
		return
	}
	m.known[signature] = true
	rule := *m.rule
	rule.detection = altered
	mutant := Mutant{Rule: &rule, Operator: a.operator, Line: a.line, Before: a.before, After: a.after}
	if sameEvents(m.original, e) {
		mutant.Equivalent = "matches the same events as the rule"
		if a.equivalence != nil {
			if why := a.equivalence(); why != "" {
				mutant.Equivalent = why
			}
		}
	}
	m.found = append(m.found, mutant)
}

// withSelection is the detection with another selection in that place.
func (d *detection) withSelection(at int, s *selection) *detection {
	out := *d
	out.selections = append([]*selection(nil), d.selections...)
	out.selections[at] = s
	return &out
}

// withTree is the detection with another condition in that place.
func (d *detection) withTree(at int, tree *condition.Tree) *detection {
	out := *d
	out.trees = append([]*condition.Tree(nil), d.trees...)
	out.trees[at] = tree
	return &out
}

// maxPart is the most bytes of an altered part that are shown: lists may be long.
const maxPart = 200

// line is the item as its rule has it, and of a long list the beginning.
func (it *item) line() string {
	return textline.Shorten(it.String()+": "+strings.Join(valueTexts(it.raw), ", "), maxPart)
}

func valueTexts(raw []*yamldoc.Node) []string {
	out := make([]string, len(raw))
	for i, n := range raw {
		out[i] = n.RuleText()
	}
	return out
}

// lines are several items that have to hold together.
func lines(items []*item) string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.line()
	}
	return textline.Shorten(strings.Join(out, "; "), maxPart)
}

// impliedBy and coveredBy are the reasons why a part can go.
func impliedBy(it *item) string { return "implied by " + it.line() }
func coveredBy(n *yamldoc.Node) string {
	return "covered by " + textline.Shorten(n.RuleText(), maxPart)
}
