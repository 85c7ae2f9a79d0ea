package telemetry

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What clearing a log leaves: 1102 in Security for that log itself, 104 in
// System for every other.
var _ = register(Channel{
	Name:       "windows_eventlog",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{windowsSecurity, windowsSystem},
	Provenance: event.Translated,
	Open:       Stateless(windowsEventLog),
	Expect:     expectClearedLog,
})

func windowsEventLog(h Host, a Activity) []Record {
	if a.Kind != event.Truncate || !isEventLog(a.PlatformPath) {
		return nil
	}
	cleared := strings.TrimSuffix(a.PlatformPath[len(eventLogs):], ".evtx")
	cleared = strings.ReplaceAll(cleared, "%4", "/")
	const provider = "Microsoft-Windows-Eventlog"
	if cleared == "Security" {
		return []Record{{
			Sources: []event.LogSource{windowsSecurity},
			Fields:  addSubjectFields(eventHeader(h, 1102, "Security", provider), a.Actor),
		}}
	}
	// 104's own data has a field Channel, the log that was cleared; SigmaHQ's
	// a62b37e0 reads that one, and would never fire on the header's "System".
	fields := addSubjectFields(eventHeader(h, 104, cleared, provider), a.Actor)
	delete(fields, "SubjectUserSid")
	delete(fields, "SubjectLogonId")
	fields["BackupPath"] = ""
	return []Record{{Sources: []event.LogSource{windowsSystem}, Fields: fields}}
}

func expectClearedLog(Host) func(Activity) []ExpectedRecord {
	return func(a Activity) []ExpectedRecord {
		switch {
		case a.Kind != event.Truncate || !isEventLog(a.PlatformPath):
			return nil
		case a.PlatformPath == effect.WindowsLog("Security"):
			return []ExpectedRecord{ExpectEventID(windowsSecurity, 1102)}
		}
		return []ExpectedRecord{ExpectEventID(windowsSystem, 104)}
	}
}
