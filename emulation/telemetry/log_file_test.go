package telemetry_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry"
)

// Where a record stands decides what erasing takes away: a source without a
// file would outlive every erasure unnoticed.
func TestEveryLogSourceStandsInAFileOfItsHost(t *testing.T) {
	t.Parallel()
	for _, p := range []effect.Platform{effect.Windows, effect.Linux} {
		for _, source := range telemetry.Channels(p) {
			assert.NotEmpty(t, telemetry.LogFile(event.Event{Sources: []event.LogSource{source}}),
				"%+v has no file: what erases it?", source)
		}
	}
	assert.Equal(t, "/var/log/audit/audit.log", telemetry.LogFile(event.Event{Sources: []event.LogSource{{Product: "linux", Service: "auditd"}}}))
	assert.Equal(t, `C:\Windows\System32\winevt\Logs\Security.evtx`, telemetry.LogFile(event.Event{Sources: []event.LogSource{{Product: "windows", Service: "security"}}}))
	assert.Empty(t, telemetry.LogFile(event.Event{Sources: []event.LogSource{{Product: "cisco", Service: "aaa"}}}))
}
