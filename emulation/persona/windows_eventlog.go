package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What clearing a log leaves: 1102 in Security for that log itself, 104 in
// System for every other.
var _ = register(channel{
	name:       "windows_eventlog",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity, windowsSystem},
	provenance: event.Translated,
	open:       stateless(windowsEventLog),
	must:       mustTellCleared,
})

func windowsEventLog(h host, m moment) []record {
	if m.Kind != event.Truncate || !isEventLog(m.path) {
		return nil
	}
	cleared := strings.TrimSuffix(m.path[len(eventLogs):], ".evtx")
	cleared = strings.ReplaceAll(cleared, "%4", "/")
	const provider = "Microsoft-Windows-Eventlog"
	if cleared == "Security" {
		return []record{{
			sources: []event.LogSource{windowsSecurity},
			fields:  subject(windowsHead(h, 1102, "Security", provider), m.by),
		}}
	}
	// 104's own data has a field Channel, the log that was cleared; SigmaHQ's
	// a62b37e0 reads that one, and would never fire on the header's "System".
	fields := subject(windowsHead(h, 104, cleared, provider), m.by)
	delete(fields, "SubjectUserSid")
	delete(fields, "SubjectLogonId")
	fields["BackupPath"] = ""
	return []record{{sources: []event.LogSource{windowsSystem}, fields: fields}}
}

func mustTellCleared(host) func(moment) []due {
	return func(m moment) []due {
		switch {
		case m.Kind != event.Truncate || !isEventLog(m.path):
			return nil
		case m.path == effect.WindowsLog("Security"):
			return []due{dueID(windowsSecurity, 1102)}
		}
		return []due{dueID(windowsSystem, 104)}
	}
}
