package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 23 of Sysmon for Linux. The sensor does not read what is deleted, so
// there is no hash; and it keeps no copy, whatever Archived says on a real host.
var _ = register(channel{
	name:       "linux_file_delete",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "file_delete", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxFileDelete),
	must:       onlyWhen(func(_ host, m moment) bool { return m.Kind == event.Unlink && m.path != "" }, due{source: linuxSysmonSource("file_delete")}),
})

// linuxFileDelete answers the removal of a file's name; that of a folder makes
// no event.
func linuxFileDelete(h host, m moment) []record {
	if m.Kind != event.Unlink || m.path == "" {
		return nil
	}
	fields := linuxSysmon(h, 23, m.time, m.by)
	fields["TargetFilename"], fields["Hashes"], fields["IsExecutable"], fields["Archived"] = m.path, "-", "-", "-"
	return []record{{fields: fields, provenances: linuxWords(m.by, "Hashes", "IsExecutable", "Archived")}}
}
