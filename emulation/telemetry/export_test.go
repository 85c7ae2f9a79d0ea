package telemetry

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Names lists a platform's channels.
func Names(p effect.Platform) []string {
	var all []string
	for _, source := range platforms()[p].Channels {
		all = append(all, source.Name)
	}
	return all
}

// Without leaves a channel out of the translation.
func (t *Translator) Without(channel string) *Translator {
	t.channels = slices.DeleteFunc(t.channels, func(a openChannel) bool { return a.Name == channel })
	return t
}
