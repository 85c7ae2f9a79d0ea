package windows

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 5: Image, User and the process's ids are those that its start
// showed; the time is that of its end in the kernel.
var _ = channels.Register(channel.Channel{
	Name:       "windows_process_termination",
	Sources:    []event.LogSource{{Category: "process_termination", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(processTermination),
	Expect:     channel.ExpectWhen(channel.ProcessEnds, channel.ExpectEventID(sysmonSource("process_termination"), 5)),
})

// processTermination leaves out what goes on running on a real host.
func processTermination(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Exit || a.Actor.Resident || a.Actor.Image == "" {
		return nil
	}
	return []channel.Record{{Fields: sysmonProcessFields(h, 5, a.Time, a.Actor)}}
}
