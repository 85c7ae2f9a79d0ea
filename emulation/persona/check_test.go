package persona_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/persona"
)

// Whatever is done, all is told that must be; and if a channel is left out, that
// is noticed wherever it had something to tell.
func TestAChannelThatIsLeftOutIsNoticed(t *testing.T) {
	t.Parallel()
	noticed := map[string]int{}
	everything(t, func(of, kind string, plan effect.Plan) {
		place, seen := placeOf(t, kind), seen(t, kind, plan)
		events := persona.New("host", place).Translate(seen, day)
		assert.NoError(t, persona.NewCheck("host", place).Answered(seen, events), of)
		if len(events) > 0 {
			assert.Error(t, persona.NewCheck("host", place).Answered(seen, nil), "%s: nothing is written", of)
		}
		for _, channel := range persona.Names(place.Kind.Persona) {
			fewer := persona.New("host", place).Without(channel).Translate(seen, day)
			if len(fewer) == len(events) {
				continue
			}
			if assert.ErrorContains(t, persona.NewCheck("host", place).Answered(seen, fewer), channel, "%s without %s", of, channel) {
				noticed[channel]++
			}
		}
	})
	for _, on := range []effect.Persona{effect.Windows, effect.Linux} {
		for _, channel := range persona.Names(on) {
			assert.Positive(t, noticed[channel], "nothing here has channel %s write a record", channel)
		}
	}
}
