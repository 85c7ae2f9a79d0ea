package persona

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// What a change of the web server's configuration leaves in the log that IIS
// keeps of it (29).
var _ = register(channel{
	name:       "windows_iis",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Product: "windows", Service: "iis-configuration"}},
	provenance: event.Translated,
	open:       openWindowsIIS,
})

func openWindowsIIS(h host) func(moment) []record {
	var before []string
	for _, file := range h.place.Kind.Files {
		if file.Path == asset.WindowsWebSettings {
			before = strings.Split(string(file.Content), "\n")
		}
	}
	return func(m moment) []record {
		if m.Kind != event.Content || m.path != asset.WindowsWebSettings {
			return nil
		}
		now := strings.Split(string(m.Observation.Content), "\n")
		var all []record
		for _, line := range now {
			at := strings.LastIndexByte(line, '=')
			if at < 0 || slices.Contains(before, line) {
				continue
			}
			fields := windowsHead(h, 29, "Microsoft-IIS-Configuration/Operational", "Microsoft-Windows-IIS-Configuration")
			fields["Configuration"], fields["NewValue"] = line[:at], line[at+1:]
			fields["ConfigPath"], fields["EditOperationType"] = "MACHINE/WEBROOT/APPHOST", "2"
			for _, old := range before {
				if value, same := strings.CutPrefix(old, line[:at+1]); same {
					fields["OldValue"] = value
				}
			}
			all = append(all, record{fields: fields})
		}
		before = now
		return all
	}
}
