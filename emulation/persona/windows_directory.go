package persona

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What the local security authority changes in the directory, or in the host's
// own accounts and policies, in Security: who asked for it is the account that it
// acted for, the rest is what it entered.
var _ = register(channel{
	name:       "windows_directory",
	persona:    effect.Windows,
	sources:    []event.LogSource{windowsSecurity},
	provenance: event.Translated,
	open:       openWindowsDirectory,
	must:       mustTellChanges,
})

func openWindowsDirectory(h host) func(moment) []record {
	told := 0
	return func(m moment) []record {
		if !strings.EqualFold(m.path, effect.WindowsChanges) || m.Kind != event.Content {
			return nil
		}
		changes := effect.ReadDirectoryChanges(string(m.Observation.Content))
		if !strings.EqualFold(windowsBase(m.by.image), "lsass.exe") {
			told = len(changes)
			return nil // nobody else keeps it
		}
		var all []record
		for _, one := range changes[min(told, len(changes)):] {
			fields := map[string]any{}
			for name, value := range one.Data {
				fields[name] = value
			}
			for name, value := range security(h, effect.DirectoryChanges[one.What], m.by) {
				fields[name] = value
			}
			all = append(all, record{fields: fields, says: true, provenances: map[string]event.Provenance{
				"Channel": event.Translated, "Computer": event.Translated, "Provider_Name": event.Translated,
			}})
		}
		told = len(changes)
		return all
	}
}

// mustTellChanges declares a record of each change that the local security
// authority enters.
func mustTellChanges(host) func(moment) []due {
	held := 0
	return func(m moment) []due {
		if m.Kind != event.Content || !strings.EqualFold(m.path, effect.WindowsChanges) {
			return nil
		}
		changes := effect.ReadDirectoryChanges(string(m.Observation.Content))
		var all []due
		for i := held; i < len(changes) && strings.EqualFold(windowsBase(m.by.image), "lsass.exe"); i++ {
			all = append(all, dueID(windowsSecurity, effect.DirectoryChanges[changes[i].What]))
		}
		held = len(changes)
		return all
	}
}
