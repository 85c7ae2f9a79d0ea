package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/sigma"
	"github.com/ringer-lab/ringer/emulation/sigma/rulename"
)

// mostCandidates is how many rules are listed that someone may have meant.
const mostCandidates = 8

// oneRule returns the rule that was meant, of those found by what was typed. It fails
// with a usage error if that is none, or several; all are those it could have been.
func oneRule(given string, found, all []*sigma.Rule) (*sigma.Rule, error) {
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, usageError{fmt.Errorf("no rule has the id, name, title or file %q.%s", given, nearRule(given, all))}
	}
	short := rulename.ShortIDs(idsOf(all))
	var out strings.Builder
	fmt.Fprintf(&out, "%q may be any of %s: give more of the id, or the whole title", given, report.Plural(len(found), "rule"))
	for i, rule := range found {
		if i == mostCandidates {
			fmt.Fprintf(&out, "\n  and %d more", len(found)-i)
			break
		}
		fmt.Fprintf(&out, "\n  %s  %s\n            %s:%d", short(rule.Ref()), rule.Title, rule.File, max(1, rule.Line))
	}
	return nil, usageError{fmt.Errorf("%s", out.String())}
}

// nearRule returns a sentence with the rule whose id, name or file is nearest, or else
// whose title is.
func nearRule(given string, rules []*sigma.Rule) string {
	var known, titles []string
	for _, rule := range rules {
		known, titles = append(known, rule.ID, rule.Name, rulename.Stem(rule.File)), append(titles, rule.Title)
	}
	if near := didYouMean(given, known); near != "" {
		return near
	}
	return didYouMean(given, titles)
}

// explainable finds a rule that can be explained, among all and those of them that are
// evaluated. It fails as [oneRule] does, and if the rule is not evaluated.
func explainable(given string, found, all, evaluated []*sigma.Rule) (*sigma.Rule, error) {
	rule, err := oneRule(given, found, all)
	switch {
	case err != nil:
		return nil, err
	case rule.Kind == sigma.Filter:
		return nil, usageError{fmt.Errorf("the filter %q cannot be explained: name one of the rules that it narrows", given)}
	case !slices.Contains(evaluated, rule):
		return nil, usageError{fmt.Errorf("the rule %q is left out, as it cannot be used as it stands", given)}
	}
	return rule, nil
}
