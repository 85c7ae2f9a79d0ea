package rulestate

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma"
)

// Concerned returns the rules whose alerts can depend on the changed ones: these and the
// correlations that count them, directly or not; and members, the rules that must be
// compiled to ask them: they, all that they count, and the filters. A changed filter
// concerns every rule.
func Concerned(rules []*sigma.Rule, changed func(*sigma.Rule) bool) (members []*sigma.Rule, concerned map[*sigma.Rule]bool) {
	byRef := map[string]*sigma.Rule{}
	for _, rule := range rules {
		if rule.ID != "" {
			byRef[strings.ToLower(rule.ID)] = rule
		}
		if rule.Name != "" {
			byRef[rule.Name] = rule
		}
	}
	counts, countedBy := map[*sigma.Rule][]*sigma.Rule{}, map[*sigma.Rule][]*sigma.Rule{}
	for _, rule := range rules {
		for _, ref := range rule.RelatedRules() {
			counted, ok := byRef[ref]
			if !ok {
				counted, ok = byRef[strings.ToLower(ref)]
			}
			if ok {
				counts[rule] = append(counts[rule], counted)
				countedBy[counted] = append(countedBy[counted], rule)
			}
		}
	}
	concerned = map[*sigma.Rule]bool{}
	for _, rule := range rules {
		switch {
		case !changed(rule):
		case rule.Kind == sigma.Filter:
			for _, any := range rules {
				concerned[any] = any.Kind != sigma.Filter
			}
		default:
			follow(countedBy, rule, concerned)
		}
	}
	needed := map[*sigma.Rule]bool{}
	for rule := range concerned {
		follow(counts, rule, needed)
	}
	for _, rule := range rules {
		if needed[rule] || rule.Kind == sigma.Filter {
			members = append(members, rule)
		}
	}
	return members, concerned
}

// follow adds a rule and all that the edges lead to.
func follow(edges map[*sigma.Rule][]*sigma.Rule, from *sigma.Rule, into map[*sigma.Rule]bool) {
	if into[from] {
		return
	}
	into[from] = true
	for _, next := range edges[from] {
		follow(edges, next, into)
	}
}
