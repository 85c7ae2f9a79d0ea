package telemetry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// Whatever is done, all is told that must be; and if a channel is left out, that
// is noticed wherever it had something to tell.
func TestAChannelThatIsLeftOutIsNoticed(t *testing.T) {
	t.Parallel()
	noticed := map[string]int{}
	everything(t, func(of, kind string, plan effect.StepPlan) {
		place, seen := placeOf(t, kind), seen(t, kind, plan)
		events := telemetry.New("host", place).Translate(seen, day)
		assert.NoError(t, telemetry.NewCompletenessCheck("host", place).Verify(seen, events), of)
		if len(events) > 0 {
			assert.Error(t, telemetry.NewCompletenessCheck("host", place).Verify(seen, nil), "%s: nothing is written", of)
		}
		for _, channel := range telemetry.Names(place.Kind.Platform) {
			fewer := telemetry.New("host", place).Without(channel).Translate(seen, day)
			if len(fewer) == len(events) {
				continue
			}
			if assert.ErrorContains(t, telemetry.NewCompletenessCheck("host", place).Verify(seen, fewer), channel, "%s without %s", of, channel) {
				noticed[channel]++
			}
		}
	})
	for _, on := range []effect.Platform{effect.Windows, effect.Linux} {
		for _, channel := range telemetry.Names(on) {
			assert.Positive(t, noticed[channel], "nothing here has channel %s write a record", channel)
		}
	}
}
