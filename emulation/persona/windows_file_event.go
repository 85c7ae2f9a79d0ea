package persona

import (
	"strings"

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
})

// windowsFileEvent answers a file's creation and its being written anew, which
// Sysmon takes for one; a file that is added to it does not report.
func windowsFileEvent(h host, m moment) []record {
	made := m.Kind == event.Create || m.Kind == event.Truncate
	if !made || m.path == "" || effect.IsRegistry(m.path) || isEventLog(m.path) {
		return nil
	}
	fields := sysmonBy(h, 11, m.time, m.by)
	fields["TargetFilename"], fields["CreationUtcTime"] = m.path, m.time.UTC().Format(windowsTime)
	return []record{{fields: fields}}
}

// eventLogs is where Windows keeps its logs. The event log service holds them
// open, so what is done to them is no file event of anybody else's.
const eventLogs = `C:\Windows\System32\winevt\Logs\`

func isEventLog(path string) bool {
	return len(path) > len(eventLogs) && strings.EqualFold(path[:len(eventLogs)], eventLogs)
}
