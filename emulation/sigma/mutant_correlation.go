package sigma

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// correlationMutants alters what a correlation counts up to, how far it reaches
// and what it groups by.
func correlationMutants(r *Rule) []Mutant {
	m := &correlationMutator{rule: r}
	m.bounds()
	m.span()
	m.grouping()
	m.extended()
	if r.correlation.kind == temporalOrdered {
		altered := *r.correlation
		altered.kind = temporal
		m.addMutant(altered, Mutant{Operator: OrderDropped, Line: m.line("type"), Before: "type: " + string(temporalOrdered), After: string(temporal)})
	}
	return m.found
}

type correlationMutator struct {
	rule  *Rule
	found []Mutant
}

func (m *correlationMutator) addMutant(altered correlation, mutant Mutant) {
	rule := *m.rule
	rule.correlation = &altered
	mutant.Rule = &rule
	m.found = append(m.found, mutant)
}

// line is where a key of the correlation stands.
func (m *correlationMutator) line(key string) int { return m.rule.correlation.at.KeyNode(key).Line }

// bounds moves each number of the condition by one, if the rule has it written.
func (m *correlationMutator) bounds() {
	c, written := m.rule.correlation, m.rule.correlation.at.Get("condition")
	if written == nil || written.Kind != yamldoc.Map {
		return
	}
	for i, b := range c.bounds {
		key := map[rulevalue.CompareOp]string{rulevalue.Greater: "gt", rulevalue.GreaterEqual: "gte", rulevalue.Less: "lt", rulevalue.LessEqual: "lte", rulevalue.Equal: "eq", rulevalue.NotEqual: "neq"}[b.op]
		for _, by := range []float64{-1, 1} {
			altered := *c
			altered.bounds = slices.Clone(c.bounds)
			altered.bounds[i].number += by
			m.addMutant(altered, Mutant{
				Operator: CountMoved, Line: written.KeyNode(key).Line, Before: key + ": " + formatNumber(b.number), After: formatNumber(b.number + by),
				Equivalent: sameCounts(c, &altered),
			})
		}
	}
}

func formatNumber(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }

// sameCounts says why two conditions take the same counts; empty if they do
// not, or if what is counted may be any number. A group without events is never
// judged, so that counts begin at one.
func sameCounts(a, b *correlation) string {
	if a.kind.readsField() && a.kind != valueCount {
		return ""
	}
	// Beyond the greatest number of the two all counts are answered alike.
	most := 1.0
	for _, bound := range slices.Concat(a.bounds, b.bounds) {
		most = math.Max(most, bound.number+1)
	}
	if a.kind.temporal() {
		most = math.Min(most, float64(len(a.rules)))
	}
	if most > 1e6 {
		return ""
	}
	for n := 1.0; n <= most; n++ {
		if a.acceptsCount(n) != b.acceptsCount(n) {
			return ""
		}
	}
	return "both conditions accept the same counts"
}

func (c *correlation) acceptsCount(count float64) bool {
	return !slices.ContainsFunc(c.bounds, func(b bound) bool { return !b.op.Holds(count, b.number) })
}

// span makes the time span a unit shorter and longer.
func (m *correlationMutator) span() {
	count, unit := scalar.CutDigits(m.rule.correlation.within)
	n, err := strconv.Atoi(count)
	if err != nil {
		return
	}
	for _, other := range []int{n - 1, n + 1} {
		altered := *m.rule.correlation
		altered.within = fmt.Sprint(other, unit)
		var ok bool
		if altered.timespan, ok = parseTimespan(altered.within); ok {
			m.addMutant(altered, Mutant{Operator: TimespanMoved, Line: m.line("timespan"), Before: "timespan: " + m.rule.correlation.within, After: altered.within})
		}
	}
}

// grouping drops each field of the group.
func (m *correlationMutator) grouping() {
	written := m.rule.correlation.at.Get("group-by")
	for i, field := range m.rule.correlation.groupBy {
		altered := *m.rule.correlation
		altered.groupBy = slices.Delete(slices.Clone(altered.groupBy), i, i+1)
		at := written
		if written.Kind == yamldoc.List {
			at = written.Items[i]
		}
		m.addMutant(altered, Mutant{Operator: GroupingDropped, Line: at.Line, Before: "group-by: " + field})
	}
}

// extended alters a condition over the rules' names.
func (m *correlationMutator) extended() {
	c := m.rule.correlation
	if c.extended == nil {
		return
	}
	line := c.at.Get("condition").Line
	c.extended.VisitTerms(func(at condition.Term) {
		add := func(operator Operator, was, now string, tree *condition.Tree) {
			altered := *c
			altered.extended = at.Replace(tree)
			altered.text = altered.extended.String()
			m.addMutant(altered, Mutant{Operator: operator, Line: line, Before: was, After: now})
		}
		switch at.Op {
		case condition.And, condition.Or:
			for i, child := range at.Children {
				operator := SelectionDropped
				if at.Negated != (child.Op == condition.Not) {
					operator = FilterRemoved
				}
				add(operator, child.String(), "", at.Without(i))
			}
			for i := range at.Children[1:] {
				swapped := at.Swapped(i)
				add(AndOrSwapped, at.String(), swapped.String(), swapped)
			}
		case condition.Not:
			if !at.Listed {
				add(NegationRemoved, at.String(), at.Children[0].String(), at.Children[0])
			}
		case condition.Name, condition.Any, condition.All:
		}
	})
}
