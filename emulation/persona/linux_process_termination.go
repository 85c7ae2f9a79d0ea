package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 5 of Sysmon for Linux: the process's ids and program are those that its
// start showed; the time is that of its end in the kernel.
var _ = register(channel{
	name:       "linux_process_termination",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "process_termination", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxProcessTermination),
	must:       onlyWhen(ends, due{source: linuxSysmonSource("process_termination")}),
})

// linuxProcessTermination leaves out what goes on running on a real host.
func linuxProcessTermination(h host, m moment) []record {
	if m.Kind != event.Exit || m.by.resident || m.by.image == "" {
		return nil
	}
	return []record{{fields: linuxSysmon(h, 5, m.time, m.by), provenances: linuxWords(m.by)}}
}
