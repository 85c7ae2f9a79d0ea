package mutate

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// ruleGroup is a rule with the rules whose alerts depend on it.
type ruleGroup struct {
	rule *sigma.Rule
	// affected are the ids of the rule and of the correlations that refer to it,
	// directly or not.
	affected map[string]bool
	// correlated is true if alerts depend on more than one event.
	correlated bool
	// members are the affected rules, all rules that they refer to, and the filters.
	members []*sigma.Rule
}

// ruleGroups returns the groups of all rules but filters, in the order of the rules.
func ruleGroups(detector *detect.Sigma) []ruleGroup {
	given := detector.InputRules()
	related := map[*sigma.Rule][]*sigma.Rule{}
	for _, rule := range given {
		for _, ref := range rule.RelatedRules() {
			if relatedRule, ok := detector.FullRule(ref); ok {
				related[rule] = append(related[rule], relatedRule)
			}
		}
	}
	relatedBy := map[*sigma.Rule][]*sigma.Rule{}
	for rule, all := range related {
		for _, relatedRule := range all {
			relatedBy[relatedRule] = append(relatedBy[relatedRule], rule)
		}
	}
	var out []ruleGroup
	for _, rule := range given {
		if rule.Kind == sigma.Filter {
			continue
		}
		above := reachable(relatedBy, rule)
		group := ruleGroup{rule: rule, affected: map[string]bool{}, correlated: rule.Kind == sigma.Correlation || len(above) > 1}
		needed := map[*sigma.Rule]bool{}
		for affected := range above {
			group.affected[affected.ID] = true
			for below := range reachable(related, affected) {
				needed[below] = true
			}
		}
		for _, member := range given {
			if needed[member] || member.Kind == sigma.Filter {
				group.members = append(group.members, member)
			}
		}
		out = append(out, group)
	}
	return out
}

// reachable returns a rule and all rules that the edges lead to.
func reachable(edges map[*sigma.Rule][]*sigma.Rule, from *sigma.Rule) map[*sigma.Rule]bool {
	seen := map[*sigma.Rule]bool{from: true}
	for open := []*sigma.Rule{from}; len(open) > 0; open = open[1:] {
		for _, next := range edges[open[0]] {
			if !seen[next] {
				seen[next] = true
				open = append(open, next)
			}
		}
	}
	return seen
}

// detector compiles the group with its rule in that form. It fails if the form does
// not compile.
func (group ruleGroup) detector(mutated *sigma.Rule) (*detect.Sigma, error) {
	members := slices.Clone(group.members)
	members[slices.Index(members, group.rule)] = mutated
	detector, problems := detect.NewSigma(members)
	if problem := firstError(problems); problem != nil {
		return nil, problem
	}
	return detector, nil
}

func firstError(problems []sigma.Problem) error {
	for _, problem := range problems {
		if problem.Severity == sigma.Error {
			return fmt.Errorf("compile a mutant: %s", problem)
		}
	}
	return nil
}
