package windows

import (
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What clearing a log leaves: 1102 in Security for that log itself, 104 in
// System for every other.
var _ = channels.Register(channel.Channel{
	Name:       "windows_eventlog",
	Sources:    []event.LogSource{securitySource, systemSource},
	Provenance: event.Translated,
	Open:       channel.Stateless(eventLog),
	Expect:     expectClearedLog,
})

func eventLog(h channel.Host, a channel.Activity) []channel.Record {
	cleared, isLog := artifact.EventLogChannel(a.PlatformPath)
	if a.Kind != event.Truncate || !isLog {
		return nil
	}
	const provider = "Microsoft-Windows-Eventlog"
	if cleared == "Security" {
		return []channel.Record{{
			Sources: []event.LogSource{securitySource},
			Fields:  addSubjectFields(eventHeader(h, 1102, "Security", provider), a.Actor),
		}}
	}
	// 104's own data has a field Channel, the log that was cleared; SigmaHQ's
	// a62b37e0 reads that one, and would never fire on the header's "System".
	fields := addSubjectFields(eventHeader(h, 104, cleared, provider), a.Actor)
	delete(fields, "SubjectUserSid")
	delete(fields, "SubjectLogonId")
	fields["BackupPath"] = ""
	return []channel.Record{{Sources: []event.LogSource{systemSource}, Fields: fields}}
}

func expectClearedLog(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	return func(a channel.Activity) []channel.ExpectedRecord {
		switch _, isLog := artifact.EventLogChannel(a.PlatformPath); {
		case a.Kind != event.Truncate || !isLog:
			return nil
		case a.PlatformPath == artifact.EventLogFile("Security"):
			return []channel.ExpectedRecord{channel.ExpectEventID(securitySource, 1102)}
		}
		return []channel.ExpectedRecord{channel.ExpectEventID(systemSource, 104)}
	}
}
