package mutate

import (
	"fmt"
	"slices"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/sigma"
)

// family is a rule with those whose alerts can depend on it.
type family struct {
	rule *sigma.Rule
	// affected are the ids of the rule and of the correlations that rest on it,
	// however far removed.
	affected map[string]bool
	// correlated is whether alerts depend on more than one event.
	correlated bool
	// members are the affected rules, all that they rest on, and the filters.
	members []*sigma.Rule
}

// families are those of all rules but filters, in the order given.
func families(detector *detect.Sigma) []family {
	given := detector.Given()
	watches := map[*sigma.Rule][]*sigma.Rule{}
	for _, rule := range given {
		for _, ref := range rule.Watches() {
			if watched, ok := detector.Full(ref); ok {
				watches[rule] = append(watches[rule], watched)
			}
		}
	}
	watchedBy := map[*sigma.Rule][]*sigma.Rule{}
	for rule, all := range watches {
		for _, watched := range all {
			watchedBy[watched] = append(watchedBy[watched], rule)
		}
	}
	var out []family
	for _, rule := range given {
		if rule.Kind == sigma.Filter {
			continue
		}
		above := reachable(watchedBy, rule)
		f := family{rule: rule, affected: map[string]bool{}, correlated: rule.Kind == sigma.Correlation || len(above) > 1}
		needed := map[*sigma.Rule]bool{}
		for affected := range above {
			f.affected[affected.ID] = true
			for below := range reachable(watches, affected) {
				needed[below] = true
			}
		}
		for _, member := range given {
			if needed[member] || member.Kind == sigma.Filter {
				f.members = append(f.members, member)
			}
		}
		out = append(out, f)
	}
	return out
}

// reachable is a rule and all that the edges lead to.
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

// detector holds the family with its rule in that form.
func (f family) detector(form *sigma.Rule) (*detect.Sigma, error) {
	members := slices.Clone(f.members)
	members[slices.Index(members, f.rule)] = form
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
