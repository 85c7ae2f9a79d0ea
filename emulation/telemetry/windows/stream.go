package windows

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 15: a named stream of a file was written. Contents is what its
// file holds; Hash is of the unnamed stream, which the sensor does not read:
// Sysmon writes Unknown where it could not.
var _ = channels.Register(channel.Channel{
	Name:       "windows_stream",
	Sources:    []event.LogSource{{Category: "create_stream_hash", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       openStream,
	Expect:     expectStream,
})

func openStream(h channel.Host) func(channel.Activity) []channel.Record {
	made := map[string]channel.Activity{}
	return func(a channel.Activity) []channel.Record {
		switch {
		case !isWindowsFile(a.PlatformPath) || artifact.StreamName(a.PlatformPath) == "":
			return nil
		case a.Kind == event.Create:
			made[a.PlatformPath] = a
			return nil
		case a.Kind != event.Content || made[a.PlatformPath].Actor == nil:
			return nil
		}
		created := made[a.PlatformPath]
		delete(made, a.PlatformPath)
		fields := sysmonProcessFields(h, 15, created.Time, created.Actor)
		fields["TargetFilename"], fields["CreationUtcTime"] = a.PlatformPath, created.Time.UTC().Format(sysmonTime)
		// Sysmon writes a text on one line.
		fields["Contents"] = strings.ReplaceAll(strings.TrimSpace(string(a.Observation.Content)), "\r\n", "  ")
		fields["Hash"] = "Unknown"
		return []channel.Record{{Fields: fields, Time: created.Time.Add(time.Microsecond), Actor: created.Actor, Seen: []uint64{created.Seq}}}
	}
}

func expectStream(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	made := map[string]bool{}
	return func(a channel.Activity) []channel.ExpectedRecord {
		if !isWindowsFile(a.PlatformPath) || artifact.StreamName(a.PlatformPath) == "" {
			return nil
		}
		switch a.Kind {
		case event.Create:
			made[a.PlatformPath] = true
		case event.Content:
			if made[a.PlatformPath] {
				delete(made, a.PlatformPath)
				return []channel.ExpectedRecord{channel.ExpectEventID(sysmonSource("create_stream_hash"), 15)}
			}
		}
		return nil
	}
}
