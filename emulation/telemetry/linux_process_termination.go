package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 5 of Sysmon for Linux: the process's ids and program are those that its
// start showed; the time is that of its end in the kernel.
var _ = register(Channel{
	Name:       "linux_process_termination",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "process_termination", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       Stateless(linuxProcessTermination),
	Expect:     ExpectWhen(ProcessEnds, ExpectedRecord{Source: linuxSysmonSource("process_termination")}),
})

// linuxProcessTermination leaves out what goes on running on a real host.
func linuxProcessTermination(h Host, a Activity) []Record {
	if a.Kind != event.Exit || a.Actor.Resident || a.Actor.Image == "" {
		return nil
	}
	return []Record{{Fields: linuxSysmon(h, 5, a.Time, a.Actor), FieldProvenance: linuxSysmonProvenance(a.Actor)}}
}
