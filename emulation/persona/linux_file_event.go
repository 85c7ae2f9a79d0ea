package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 11 of Sysmon for Linux.
var _ = register(channel{
	name:       "linux_file_event",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "file_event", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxFileEvent),
	must:       onlyWhen(linuxFileMade, due{source: linuxSysmonSource("file_event")}),
})

// linuxFileEvent answers a file's creation and its being overwritten. Adding to
// a file makes no event, and a file that is written under a temporary name and
// renamed shows the temporary name only: so does Sysmon for Linux.
func linuxFileEvent(h host, m moment) []record {
	if m.Kind != event.Create && m.Kind != event.Truncate || m.path == "" {
		return nil
	}
	fields := linuxSysmon(h, 11, m.time, m.by)
	fields["TargetFilename"], fields["CreationUtcTime"] = m.path, fields["UtcTime"]
	return []record{{fields: fields, provenances: linuxWords(m.by, "CreationUtcTime")}}
}

func linuxFileMade(_ host, m moment) bool {
	return m.path != "" && (m.Kind == event.Create || m.Kind == event.Truncate)
}
