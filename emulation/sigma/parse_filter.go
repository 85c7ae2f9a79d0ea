package sigma

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// filter narrows other rules: their condition and its own have to hold.
// [Filters]
type filter struct {
	any       bool
	rules     []string
	rulesAt   []*yamldoc.Node
	detection detection
}

func (p *parser) readFilter(n *yamldoc.Node) *filter {
	if n.Kind != yamldoc.Map {
		p.errorf(n, "Filters", "Mapping expected", "\"filter\" must be a mapping with rules, selections and a condition")
		return nil
	}
	f := &filter{}
	switch rules := n.Get("rules"); {
	case rules == nil:
		p.errorf(n, "Filters: Relevant rules", "Rules missing", "add \"rules\" with a list of ids or names, or \"any\"")
	case rules.Kind == yamldoc.List:
		f.any = len(rules.Items) == 0
		for _, e := range rules.Items {
			if e.Kind != yamldoc.Scalar || e.IsNull() {
				p.errorf(e, "Filters: Relevant rules", "String expected", "\"rules\" must be a list of ids or names")
				continue
			}
			f.rules = append(f.rules, e.Text)
			f.rulesAt = append(f.rulesAt, e)
		}
	case rules.Kind == yamldoc.Scalar && !rules.IsNull():
		if w := strings.ToLower(rules.Text); w == "any" || w == "all" {
			f.any = true
		} else {
			f.rules, f.rulesAt = []string{rules.Text}, []*yamldoc.Node{rules}
		}
	default:
		p.errorf(rules, "Filters: Relevant rules", "String expected", "\"rules\" must be a list of ids or names, or \"any\"")
	}
	f.detection = *p.readDetection(n, "rules")
	p.resolveNames(&f.detection)
	for i, c := range f.detection.trees {
		if !condition.Negates(c) {
			p.warnf(f.detection.conditions[i], "Filters", "Filter excludes nothing",
				"the filter's condition is added to the rule with \"and\": without \"not\" only events that match the filter remain")
		}
	}
	return f
}

// appliesToRule says whether the filter is meant for a rule.
func (f *filter) appliesToRule(r *Rule) bool {
	if f.any {
		return true
	}
	for _, ref := range f.rules {
		if refersTo(ref, r) {
			return true
		}
	}
	return false
}

func refersTo(ref string, r *Rule) bool {
	return ref == r.Name && ref != "" || r.ID != "" && strings.EqualFold(ref, r.ID)
}
