package windows

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 2: a file's creation time was changed. The container's file
// system has no creation time to be set; the modification time stands for it.
var _ = channels.Register(channel.Channel{
	Name:       "windows_file_change",
	Sources:    []event.LogSource{{Category: "file_change", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openFileChange,
	Expect:     channel.ExpectWhen(creationTimeSet, channel.ExpectEventID(sysmonSource("file_change"), 2)),
})

func openFileChange(h channel.Host) func(channel.Activity) []channel.Record {
	// A file made in the run was made in virtual time.
	made := map[string]time.Time{}
	return func(a channel.Activity) []channel.Record {
		if a.Kind == event.Create {
			made[a.PlatformPath] = a.Time
		}
		if a.Kind != event.Utimes || !isWindowsFile(a.PlatformPath) || a.Modified == nil || a.Before == nil || a.Modified.Equal(*a.Before) {
			return nil
		}
		before, ok := made[a.PlatformPath]
		if !ok {
			before = *a.Before
		}
		made[a.PlatformPath] = *a.Modified
		fields := sysmonProcessFields(h, 2, a.Time, a.Actor)
		fields["TargetFilename"] = a.PlatformPath
		fields["CreationUtcTime"] = a.Modified.UTC().Format(sysmonTime)
		fields["PreviousCreationUtcTime"] = before.UTC().Format(sysmonTime)
		return []channel.Record{{Fields: fields}}
	}
}

func creationTimeSet(_ channel.Host, a channel.Activity) bool {
	return a.Kind == event.Utimes && isWindowsFile(a.PlatformPath) && a.Before != nil && a.Modified != nil && !a.Before.Equal(*a.Modified)
}
