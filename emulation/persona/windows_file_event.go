package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 11.
var _ = register(channel{
	name:       "windows_file_event",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsFileEvent),
	must:       onlyWhen(windowsFileMade, dueID(windowsSysmon("file_event"), 11)),
})

// windowsFileEvent answers a file's creation and its being written anew, which
// Sysmon takes for one; a file that is added to it does not report.
func windowsFileEvent(h host, m moment) []record {
	made := m.Kind == event.Create || m.Kind == event.Truncate
	if !made || !isWindowsFile(m.path) || isHeldOpen(m.path) {
		return nil
	}
	fields := sysmonBy(h, 11, m.time, m.by)
	fields["TargetFilename"], fields["CreationUtcTime"] = m.path, m.time.UTC().Format(windowsTime)
	return []record{{fields: fields}}
}

func windowsFileMade(_ host, m moment) bool {
	return (m.Kind == event.Create || m.Kind == event.Truncate) && isWindowsFile(m.path) && !isHeldOpen(m.path)
}
