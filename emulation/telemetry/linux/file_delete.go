package linux

import (
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Event 23 of Sysmon for Linux. The sensor does not read what is deleted, so
// there is no hash; and it keeps no copy, whatever Archived says on a real host.
var _ = channels.Register(channel.Channel{
	Name:       "linux_file_delete",
	Sources:    []event.LogSource{{Category: "file_delete", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       channel.Stateless(fileDelete),
	Expect:     channel.ExpectWhen(func(_ channel.Host, a channel.Activity) bool { return a.Kind == event.Unlink && a.PlatformPath != "" }, channel.ExpectedRecord{Source: sysmonSource("file_delete")}),
})

// fileDelete answers the removal of a file's name; that of a folder makes
// no event.
func fileDelete(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Unlink || a.PlatformPath == "" {
		return nil
	}
	fields := sysmon(h, 23, a.Time, a.Actor)
	fields["TargetFilename"], fields["Hashes"], fields["IsExecutable"], fields["Archived"] = a.PlatformPath, "-", "-", "-"
	return []channel.Record{{Fields: fields, FieldProvenance: sysmonProvenance(a.Actor, "Hashes", "IsExecutable", "Archived")}}
}
