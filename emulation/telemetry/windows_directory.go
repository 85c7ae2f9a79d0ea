package telemetry

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What the local security authority changes in the directory, or in the host's
// own accounts and policies, in Security: who asked for it is the account that it
// acted for, the rest is what it entered.
var _ = register(Channel{
	Name:       "windows_directory",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{windowsSecurity},
	Provenance: event.Translated,
	Open:       openWindowsDirectory,
	Expect:     expectDirectoryChanges,
})

func openWindowsDirectory(h Host) func(Activity) []Record {
	told := 0
	return func(a Activity) []Record {
		if !strings.EqualFold(a.PlatformPath, effect.WindowsChanges) || a.Kind != event.Content {
			return nil
		}
		changes := effect.ReadDirectoryChanges(string(a.Observation.Content))
		if !strings.EqualFold(windowsBaseName(a.Actor.Image), "lsass.exe") {
			told = len(changes)
			return nil // nobody else keeps it
		}
		var all []Record
		for _, change := range changes[min(told, len(changes)):] {
			fields := map[string]any{}
			for name, value := range change.Data {
				fields[name] = value
			}
			for name, value := range securityFields(h, effect.DirectoryChanges[change.What], a.Actor) {
				fields[name] = value
			}
			all = append(all, Record{Fields: fields, Authored: true, FieldProvenance: map[string]event.Provenance{
				"Channel": event.Translated, "Computer": event.Translated, "Provider_Name": event.Translated,
			}})
		}
		told = len(changes)
		return all
	}
}

// expectDirectoryChanges declares a record of each change that the local security
// authority enters.
func expectDirectoryChanges(Host) func(Activity) []ExpectedRecord {
	held := 0
	return func(a Activity) []ExpectedRecord {
		if a.Kind != event.Content || !strings.EqualFold(a.PlatformPath, effect.WindowsChanges) {
			return nil
		}
		changes := effect.ReadDirectoryChanges(string(a.Observation.Content))
		var all []ExpectedRecord
		for i := held; i < len(changes) && strings.EqualFold(windowsBaseName(a.Actor.Image), "lsass.exe"); i++ {
			all = append(all, ExpectEventID(windowsSecurity, effect.DirectoryChanges[changes[i].What]))
		}
		held = len(changes)
		return all
	}
}
