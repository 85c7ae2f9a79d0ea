package telemetry

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 2: a file's creation time was changed. The container's file
// system has no creation time to be set; the modification time stands for it.
var _ = register(Channel{
	Name:       "windows_file_change",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "file_change", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openWindowsFileChange,
	Expect:     ExpectWhen(windowsTimeSet, ExpectEventID(windowsSysmon("file_change"), 2)),
})

func openWindowsFileChange(h Host) func(Activity) []Record {
	// A file made in the run was made in virtual time.
	made := map[string]time.Time{}
	return func(a Activity) []Record {
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
		fields["CreationUtcTime"] = a.Modified.UTC().Format(windowsTime)
		fields["PreviousCreationUtcTime"] = before.UTC().Format(windowsTime)
		return []Record{{Fields: fields}}
	}
}

func windowsTimeSet(_ Host, a Activity) bool {
	return a.Kind == event.Utimes && isWindowsFile(a.PlatformPath) && a.Before != nil && a.Modified != nil && !a.Before.Equal(*a.Modified)
}
