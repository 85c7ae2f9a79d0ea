package linux

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Event 11 of Sysmon for Linux.
var _ = channels.Register(channel.Channel{
	Name:       "linux_file_event",
	Sources:    []event.LogSource{{Category: "file_event", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       channel.Stateless(fileEvent),
	Expect:     channel.ExpectWhen(fileCreated, channel.ExpectedRecord{Source: sysmonSource("file_event")}),
})

// fileEvent answers a file's creation and its being overwritten. Adding to
// a file makes no event, and a file that is written under a temporary name and
// renamed shows the temporary name only: so does Sysmon for Linux.
func fileEvent(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Create && a.Kind != event.Truncate || a.PlatformPath == "" {
		return nil
	}
	fields := sysmon(h, 11, a.Time, a.Actor)
	fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, fields["UtcTime"]
	return []channel.Record{{Fields: fields, FieldProvenance: sysmonProvenance(a.Actor, "CreationUtcTime")}}
}

func fileCreated(_ channel.Host, a channel.Activity) bool {
	return a.PlatformPath != "" && (a.Kind == event.Create || a.Kind == event.Truncate)
}
