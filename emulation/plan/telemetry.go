package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Channels tells which log sources a persona writes; persona.Channels does.
type Channels func(effect.Persona) []event.LogSource

// sees reports whether any record of a persona can be of a rule's log source.
// What the rule does not name, any record has.
func (c Channels) sees(persona effect.Persona, rule event.LogSource) bool {
	fits := func(wanted, has string) bool { return wanted == "" || wanted == has }
	return slices.ContainsFunc(c(persona), func(s event.LogSource) bool {
		return fits(rule.Category, s.Category) && fits(rule.Product, s.Product) && fits(rule.Service, s.Service)
	})
}

// sourceText is a log source as a sentence needs it.
func sourceText(s event.LogSource) string {
	var parts []string
	for _, part := range []struct{ name, value string }{{"product", s.Product}, {"category", s.Category}, {"service", s.Service}} {
		if part.value != "" {
			parts = append(parts, fmt.Sprintf("%s %s", part.name, part.value))
		}
	}
	return strings.Join(parts, ", ")
}
