package plan

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Channels tells which log sources a persona writes; persona.Channels does.
type Channels func(effect.Persona) []event.LogSource

// asks reports whether any record of a persona can be of a log source that the
// rule reads.
func (c Channels) asks(persona effect.Persona, rule Rule) bool {
	if len(rule.Sources) == 0 {
		return true
	}
	written := c(persona)
	return slices.ContainsFunc(rule.Sources, func(read event.LogSource) bool {
		return slices.ContainsFunc(written, read.Contains)
	})
}

// SourcesText is log sources as a sentence needs them.
func SourcesText(all []event.LogSource) string {
	var said []string
	for _, source := range all {
		said = append(said, source.Text())
	}
	return strings.Join(said, " or ")
}
