package linux

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Event 5 of Sysmon for Linux: the process's ids and program are those that its
// start showed; the time is that of its end in the kernel.
var _ = channels.Register(channel.Channel{
	Name:       "linux_process_termination",
	Sources:    []event.LogSource{{Category: "process_termination", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       channel.Stateless(processTermination),
	Expect:     channel.ExpectWhen(channel.ProcessEnds, channel.ExpectedRecord{Source: sysmonSource("process_termination")}),
})

// processTermination leaves out what goes on running on a real host.
func processTermination(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Exit || a.Actor.Resident || a.Actor.Image == "" {
		return nil
	}
	return []channel.Record{{Fields: sysmon(h, 5, a.Time, a.Actor), FieldProvenance: sysmonProvenance(a.Actor)}}
}
