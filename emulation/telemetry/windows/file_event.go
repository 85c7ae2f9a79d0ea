package windows

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 11.
var _ = channels.Register(channel.Channel{
	Name:       "windows_file_event",
	Sources:    []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(fileEvent),
	Expect:     channel.ExpectWhen(fileCreated, channel.ExpectEventID(sysmonSource("file_event"), 11)),
})

// fileEvent answers a file's creation and its being written anew, which
// Sysmon takes for one; a file that is added to it does not report.
func fileEvent(h channel.Host, a channel.Activity) []channel.Record {
	made := a.Kind == event.Create || a.Kind == event.Truncate
	if !made || !isWindowsFile(a.PlatformPath) || writtenByService(a.PlatformPath) {
		return nil
	}
	fields := sysmonProcessFields(h, 11, a.Time, a.Actor)
	fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, a.Time.UTC().Format(sysmonTime)
	return []channel.Record{{Fields: fields}}
}

func fileCreated(_ channel.Host, a channel.Activity) bool {
	return (a.Kind == event.Create || a.Kind == event.Truncate) && isWindowsFile(a.PlatformPath) && !writtenByService(a.PlatformPath)
}
