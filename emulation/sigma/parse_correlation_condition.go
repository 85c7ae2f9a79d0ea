package sigma

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

func (p *parser) readCorrelationCondition(c *correlation, n *yamldoc.Node) {
	const section = "Correlation: Condition"
	cond := n.Get("condition")
	switch {
	case cond.IsNull() && c.kind.temporal():
		c.bounds = []bound{{rulevalue.GreaterEqual, float64(len(c.rules))}}
	case cond.IsNull():
		p.errorf(n, section, "Condition missing", "add \"condition\", for example \"gte: 10\"")
	case cond.Kind == yamldoc.Map:
		p.readBounds(c, cond)
	case cond.IsString():
		p.readExtendedCondition(c, cond)
	default:
		p.errorf(cond, section, "Mapping expected", "\"condition\" must map gt, gte, lt, lte, eq or neq to a number")
	}
}

func (p *parser) readBounds(c *correlation, n *yamldoc.Node) {
	const section = "Correlation: Condition"
	ops := map[string]rulevalue.CompareOp{"gt": rulevalue.Greater, "gte": rulevalue.GreaterEqual, "lt": rulevalue.Less, "lte": rulevalue.LessEqual, "eq": rulevalue.Equal, "neq": rulevalue.NotEqual}
	before := len(p.problems)
	for i, k := range n.Keys {
		v := n.Items[i]
		op, isOp := ops[k.Text]
		switch {
		case isOp:
			number, ok := v.Number()
			if !ok {
				p.errorf(v, section, "Number expected", "%q must be a number", k.Text)
			}
			c.bounds = append(c.bounds, bound{op, number})
		case k.Text == "field":
			c.fields, _ = p.readNames(v, "field", section)
		case k.Text == "percentile":
			number, ok := v.Number()
			if !ok || number < 0 || number > 100 {
				p.errorf(v, "Correlation: Value Percentile", "Number expected", "\"percentile\" must be a number from 0 to 100")
			}
			c.percentile = number
		default:
			p.errorf(k, section, "Unknown operator", "%q; expected one of %s", k.Text, strings.Join(slices.Sorted(maps.Keys(ops)), ", "))
		}
	}
	if len(c.bounds) == 0 && len(p.problems) == before {
		p.errorf(n, section, "Operator missing", "add one of gt, gte, lt, lte, eq, neq")
	}
	if len(c.fields) == 0 && c.kind != "" && c.kind.readsField() {
		p.errorf(n, section, "Field missing", "%s requires \"field\"", c.kind)
	}
	if len(c.fields) > 1 && c.kind != valueCount {
		p.errorf(n, section, "Too many fields", "%s accepts one field", c.kind)
	}
}

func (p *parser) readExtendedCondition(c *correlation, n *yamldoc.Node) {
	if !c.kind.temporal() {
		p.errorf(n, "Correlation: Condition", "Extended condition", "only temporal and temporal_ordered accept a condition over rule names, not %s", c.kind)
		return
	}

	tree, err := condition.ParseRuleNames(n)
	if err != nil {
		p.addNodeError(err)
		return
	}
	c.extended, c.text = tree, strings.Join(strings.Fields(n.Text), " ")
	named := tree.Names(nil)
	if len(c.rules) == 0 {
		c.rules = named
		for range named {
			c.rulesAt = append(c.rulesAt, n)
		}
	}
	for _, r := range c.rules {
		if !slices.Contains(named, r) {
			p.errorf(n, "Correlation: Condition", "Unused rule", "%q is listed but not used in the condition", r)
		}
	}
	for _, name := range named {
		if !slices.Contains(c.rules, name) {
			p.errorf(n, "Correlation: Condition", "Rule not listed", "%q is used in the condition but not listed in \"rules\"", name)
		}
	}
	if c.kind == temporalOrdered && len(c.rules) > maxOrderedRules {
		p.errorf(n, "Correlation: Ordered Temporal Proximity", "Too many rules", "%s", fmt.Sprintf("%d; an ordered condition over rule names accepts at most %d", len(c.rules), maxOrderedRules))
	}
}
