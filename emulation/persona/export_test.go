package persona

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Names lists a persona's channels.
func Names(p effect.Persona) []string {
	var all []string
	for _, channel := range channelsOf(p) {
		all = append(all, channel.name)
	}
	return all
}

// Without leaves a channel out of the translation.
func (t *Translator) Without(channel string) *Translator {
	t.answers = slices.DeleteFunc(t.answers, func(a answer) bool { return a.name == channel })
	return t
}
