package plan

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// ruleID is the form of a Sigma rule's id, a UUID (Sigma's specification,
// sigma-rules-specification.md, "Id").
var ruleID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// findRule finds the rule of an expectation, in whatever case its id is written.
func (b *builder) findRule(e scenario.Expect) (Rule, bool) {
	id := e.Rule.Text
	for _, spelling := range []string{id, strings.ToLower(id)} {
		if rule, ok := b.rules.Rule(spelling); ok {
			return rule, true
		}
	}
	if !ruleID().MatchString(id) {
		b.Errorf(diagnostic.Location{Subject: e.Rule.Range, Context: e.Range}, "Malformed rule id",
			"%q is not a rule id: expected a UUID such as bd1212e5-78da-431e-95fa-c58e3237a8e6. %s", id, b.suggestRule(id))
		return Rule{}, false
	}
	b.Errorf(diagnostic.Location{Subject: e.Rule.Range, Context: e.Range}, "Unknown rule", "The rule %q is not loaded. %s", id, b.suggestRule(id))
	return Rule{}, false
}

// suggestRule looks for the nearest id, then among the titles: those are what one
// knows by heart.
func (b *builder) suggestRule(given string) string {
	var ids, titles []string
	for _, rule := range b.rules.Rules() {
		if strings.EqualFold(rule.Title, given) {
			return fmt.Sprintf("The rule of that title has the id %s.", rule.ID)
		}
		ids, titles = append(ids, rule.ID), append(titles, rule.Title)
	}
	nearID, nearTitle := diagnostic.Nearest(given, ids), diagnostic.Nearest(given, titles)
	for _, rule := range b.rules.Rules() {
		if near := nearID == "" && nearTitle != "" && rule.Title == nearTitle; near || rule.ID == nearID {
			return fmt.Sprintf("Did you mean %s (%s)?", rule.ID, rule.Title)
		}
	}
	return `"ringer list rules" shows them all; --rules DIR adds more.`
}
