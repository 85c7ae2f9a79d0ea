package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 5: Image, User and the process's ids are those that its start
// showed; the time is that of its end in the kernel.
var _ = register(channel{
	name:       "windows_process_termination",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "process_termination", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsProcessTermination),
	must:       onlyWhen(ends, dueID(windowsSysmon("process_termination"), 5)),
})

// windowsProcessTermination leaves out what goes on running on a real host.
func windowsProcessTermination(h host, m moment) []record {
	if m.Kind != event.Exit || m.by.resident || m.by.image == "" {
		return nil
	}
	return []record{{fields: sysmonBy(h, 5, m.time, m.by)}}
}
