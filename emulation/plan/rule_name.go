package plan

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// findRule finds the rule that an expectation or a fault names. What is wrong with the
// same name in several places is reported once, at the first.
func (b *builder) findRule(name scenario.Identifier, around hcl.Range) (Rule, bool) {
	found := b.rules.Named(name.Text)
	switch {
	case len(found) == 1 && found[0].LeftOut:
		b.reportOnce("left out", name, around, "Rule left out", fmt.Sprintf(
			"The rule %q (%s) is not loaded, as --no-default-rules leaves it out. Name a rule that is loaded, or do without that flag.", name.Text, found[0].Title))
	case len(found) == 1:
		return found[0], true
	case len(found) > 1:
		b.reportOnce(name.Text, name, around, "Ambiguous rule", fmt.Sprintf(
			"%q is the name of %d rules: %s. Write the id, or a name that only one of them has.", name.Text, len(found), listRules(found)))
	default:
		b.reportOnce(name.Text, name, around, "Unknown rule", fmt.Sprintf("The rule %q is not loaded. %s", name.Text, b.suggestRule(name.Text)))
	}
	return Rule{}, false
}

// repeated is a problem with a name that several places may have.
type repeated struct {
	*hcl.Diagnostic
	detail string
	more   int
}

// reportOnce reports an error that has the same cause as others with that key: the first
// one is shown, with the number of the others.
func (b *builder) reportOnce(key string, at scenario.Identifier, around hcl.Range, summary, detail string) {
	if first := b.repeated[key]; first != nil {
		first.more++
		first.Detail = fmt.Sprintf("%s (The same at %s, the last at %s.)", first.detail, morePlaces(first.more), diagnostic.FileLine(at.Range))
		return
	}
	b.Errorf(diagnostic.Location{Subject: at.Range, Context: around}, summary, "%s", detail)
	if b.repeated == nil {
		b.repeated = map[string]*repeated{}
	}
	all := b.Diagnostics()
	b.repeated[key] = &repeated{Diagnostic: all[len(all)-1], detail: detail}
}

func morePlaces(n int) string {
	if n == 1 {
		return "1 more place"
	}
	return fmt.Sprintf("%d more places", n)
}

// listed is how many rules of one name are told.
const listed = 5

func listRules(rules []Rule) string {
	var all []string
	for i, rule := range rules {
		if i == listed {
			all = append(all, fmt.Sprintf("%d more", len(rules)-i))
			break
		}
		all = append(all, fmt.Sprintf("%s (%s) at %s:%d", called(rule), rule.Title, rule.File, rule.Line))
	}
	return strings.Join(all, ", ")
}

// digits is how many of an id's digits reports print.
const digits = 8

// mostSuggestions is how many names are looked for: with SigmaHQ's rules each takes
// milliseconds, and nobody reads a thousand.
const mostSuggestions = 50

const allRules = `"ringer list rules" shows them all; --rules DIR adds more.`

// suggestRule looks for the title, or the beginning of an id, that was given in place of
// a name, then for the nearest name or id, and for the nearest title: those are what one
// knows by heart.
func (b *builder) suggestRule(given string) string {
	if len(b.repeated) >= mostSuggestions || b.repeated[given] != nil {
		return allRules
	}
	var names, titles []string
	rules := b.rules.Rules()
	for _, rule := range rules {
		names, titles = append(names, rule.Spelling, rule.ID), append(titles, rule.Title)
		if strings.EqualFold(rule.Title, given) {
			return fmt.Sprintf("The rule of that title is %q.", called(rule))
		}
		if len(given) >= digits && strings.HasPrefix(rule.ID, strings.ToLower(given)) {
			return fmt.Sprintf("The id of %q begins like that (%s).", called(rule), rule.Title)
		}
	}
	name, title := diagnostic.Nearest(given, names), diagnostic.Nearest(given, titles)
	for _, rule := range rules {
		if name != "" && (rule.Spelling == name || rule.ID == name) {
			return fmt.Sprintf("Did you mean %q (%s)?", name, rule.Title)
		}
		if name == "" && title != "" && rule.Title == title {
			return fmt.Sprintf("Did you mean %q (%s)?", called(rule), rule.Title)
		}
	}
	return allRules
}

// called is what a scenario can write for a rule.
func called(rule Rule) string {
	if rule.Spelling != "" {
		return rule.Spelling
	}
	return rule.ID
}
