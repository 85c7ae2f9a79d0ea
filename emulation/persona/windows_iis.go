package persona

import (
	"bytes"
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
	must:       mustTellSettings,
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

// mustTellSettings declares a record of each setting that has another value than
// before.
func mustTellSettings(h host) func(moment) []due {
	held := bytes.Split(furnished(h.place, asset.WindowsWebSettings), []byte("\n"))
	return func(m moment) []due {
		if m.Kind != event.Content || m.path != asset.WindowsWebSettings {
			return nil
		}
		var all []due
		lines := bytes.Split(m.Observation.Content, []byte("\n"))
		for _, line := range lines {
			known := slices.ContainsFunc(held, func(before []byte) bool { return bytes.Equal(line, before) })
			if !known && bytes.Contains(line, []byte("=")) {
				all = append(all, dueID(event.LogSource{Product: "windows", Service: "iis-configuration"}, 29))
			}
		}
		held = lines
		return all
	}
}
