package windows

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What the local security authority changes in the directory, or in the host's
// own accounts and policies, in Security: who asked for it is the account that it
// acted for, the rest is what it entered.
var _ = channels.Register(channel.Channel{
	Name:       "windows_directory",
	Sources:    []event.LogSource{securitySource},
	Provenance: event.Translated,
	Open:       openDirectory,
	Expect:     expectDirectoryChanges,
})

func openDirectory(h channel.Host) func(channel.Activity) []channel.Record {
	reported := 0
	return func(a channel.Activity) []channel.Record {
		if !strings.EqualFold(a.PlatformPath, artifact.DirectoryChangesFile) || a.Kind != event.Content {
			return nil
		}
		changes := artifact.DecodeDirectoryChanges(a.Observation.Content)
		if !strings.EqualFold(artifact.BaseName(a.Actor.Image), "lsass.exe") {
			reported = len(changes)
			return nil // nobody else keeps it
		}
		var all []channel.Record
		for _, change := range changes[min(reported, len(changes)):] {
			fields := map[string]any{}
			for name, value := range change.Data {
				fields[name] = value
			}
			for name, value := range securityFields(h, change.EventID(), a.Actor) {
				fields[name] = value
			}
			all = append(all, channel.Record{Fields: fields, Authored: true, FieldProvenance: map[string]event.Provenance{
				"Channel": event.Translated, "Computer": event.Translated, "Provider_Name": event.Translated,
			}})
		}
		reported = len(changes)
		return all
	}
}

// expectDirectoryChanges declares a record of each change that the local security
// authority enters.
func expectDirectoryChanges(channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	reported := 0
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind != event.Content || !strings.EqualFold(a.PlatformPath, artifact.DirectoryChangesFile) {
			return nil
		}
		changes := artifact.DecodeDirectoryChanges(a.Observation.Content)
		var all []channel.ExpectedRecord
		for i := reported; i < len(changes) && strings.EqualFold(artifact.BaseName(a.Actor.Image), "lsass.exe"); i++ {
			all = append(all, channel.ExpectEventID(securitySource, changes[i].EventID()))
		}
		reported = len(changes)
		return all
	}
}
