package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 11 of Sysmon for Linux.
var _ = register(Channel{
	Name:       "linux_file_event",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "file_event", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       Stateless(linuxFileEvent),
	Expect:     ExpectWhen(linuxFileMade, ExpectedRecord{Source: linuxSysmonSource("file_event")}),
})

// linuxFileEvent answers a file's creation and its being overwritten. Adding to
// a file makes no event, and a file that is written under a temporary name and
// renamed shows the temporary name only: so does Sysmon for Linux.
func linuxFileEvent(h Host, a Activity) []Record {
	if a.Kind != event.Create && a.Kind != event.Truncate || a.PlatformPath == "" {
		return nil
	}
	fields := linuxSysmon(h, 11, a.Time, a.Actor)
	fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, fields["UtcTime"]
	return []Record{{Fields: fields, FieldProvenance: linuxSysmonProvenance(a.Actor, "CreationUtcTime")}}
}

func linuxFileMade(_ Host, a Activity) bool {
	return a.PlatformPath != "" && (a.Kind == event.Create || a.Kind == event.Truncate)
}
