package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 5: Image, User and the process's ids are those that its start
// showed; the time is that of its end in the kernel.
var _ = register(Channel{
	Name:       "windows_process_termination",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "process_termination", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       Stateless(windowsProcessTermination),
	Expect:     ExpectWhen(ProcessEnds, ExpectEventID(windowsSysmon("process_termination"), 5)),
})

// windowsProcessTermination leaves out what goes on running on a real host.
func windowsProcessTermination(h Host, a Activity) []Record {
	if a.Kind != event.Exit || a.Actor.Resident || a.Actor.Image == "" {
		return nil
	}
	return []Record{{Fields: sysmonProcessFields(h, 5, a.Time, a.Actor)}}
}
