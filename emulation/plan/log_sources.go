package plan

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Channels returns the log sources that a platform writes; telemetry.Channels is one.
type Channels func(effect.Platform) []event.LogSource

// CanAsk reports whether any record of a kind of host can be of a log source that the
// rule reads.
func (c Channels) CanAsk(kind asset.Kind, rule Rule) bool {
	if len(rule.Sources) == 0 {
		return true
	}
	written := c(kind.Platform)
	for _, log := range kind.Logs {
		written = append(written, log.Source)
	}
	return slices.ContainsFunc(rule.Sources, func(read event.LogSource) bool {
		return slices.ContainsFunc(written, read.Contains)
	})
}

// FormatSources returns log sources in words, joined by "or".
func FormatSources(all []event.LogSource) string {
	var names []string
	for _, source := range all {
		names = append(names, source.Sentence())
	}
	return strings.Join(names, " or ")
}
