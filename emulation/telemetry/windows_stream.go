package telemetry

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 15: a named stream of a file was written. Contents is what its
// file holds; Hash is of the unnamed stream, which the sensor does not read:
// Sysmon writes Unknown where it could not.
var _ = register(Channel{
	Name:       "windows_stream",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "create_stream_hash", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openWindowsStream,
	Expect:     expectStream,
})

func openWindowsStream(h Host) func(Activity) []Record {
	made := map[string]Activity{}
	return func(a Activity) []Record {
		switch {
		case !isWindowsFile(a.PlatformPath) || windowsStream(a.PlatformPath) == "":
			return nil
		case a.Kind == event.Create:
			made[a.PlatformPath] = a
			return nil
		case a.Kind != event.Content || made[a.PlatformPath].Actor == nil:
			return nil
		}
		began := made[a.PlatformPath]
		delete(made, a.PlatformPath)
		fields := sysmonProcessFields(h, 15, began.Time, began.Actor)
		fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, began.Time.UTC().Format(windowsTime)
		// Sysmon writes a text on one line.
		fields["Contents"] = strings.ReplaceAll(strings.TrimSpace(string(a.Observation.Content)), "\r\n", "  ")
		fields["Hash"] = "Unknown"
		return []Record{{Fields: fields, Time: began.Time.Add(time.Microsecond), Actor: began.Actor, Seen: []uint64{began.Seq}}}
	}
}

func expectStream(Host) func(Activity) []ExpectedRecord {
	made := map[string]bool{}
	return func(a Activity) []ExpectedRecord {
		if !isWindowsFile(a.PlatformPath) || windowsStream(a.PlatformPath) == "" {
			return nil
		}
		switch a.Kind {
		case event.Create:
			made[a.PlatformPath] = true
		case event.Content:
			if made[a.PlatformPath] {
				delete(made, a.PlatformPath)
				return []ExpectedRecord{ExpectEventID(windowsSysmon("create_stream_hash"), 15)}
			}
		}
		return nil
	}
}
