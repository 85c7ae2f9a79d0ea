package telemetry

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
var _ = register(Channel{
	Name:       "windows_iis",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Product: "windows", Service: "iis-configuration"}},
	Provenance: event.Translated,
	Open:       openWindowsIIS,
	Expect:     expectIISSettings,
})

func openWindowsIIS(h Host) func(Activity) []Record {
	var before []string
	for _, file := range h.Asset.Kind.Files {
		if file.Path == asset.WindowsWebSettings {
			before = strings.Split(string(file.Content), "\n")
		}
	}
	return func(a Activity) []Record {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsWebSettings {
			return nil
		}
		now := strings.Split(string(a.Observation.Content), "\n")
		var all []Record
		for _, line := range now {
			at := strings.LastIndexByte(line, '=')
			if at < 0 || slices.Contains(before, line) {
				continue
			}
			fields := eventHeader(h, 29, "Microsoft-IIS-Configuration/Operational", "Microsoft-Windows-IIS-Configuration")
			fields["Configuration"], fields["NewValue"] = line[:at], line[at+1:]
			fields["ConfigPath"], fields["EditOperationType"] = "MACHINE/WEBROOT/APPHOST", "2"
			for _, old := range before {
				if value, same := strings.CutPrefix(old, line[:at+1]); same {
					fields["OldValue"] = value
				}
			}
			all = append(all, Record{Fields: fields})
		}
		before = now
		return all
	}
}

// expectIISSettings declares a record of each setting that has another value than
// before.
func expectIISSettings(h Host) func(Activity) []ExpectedRecord {
	held := bytes.Split(ProvisionedContent(h.Asset, asset.WindowsWebSettings), []byte("\n"))
	return func(a Activity) []ExpectedRecord {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsWebSettings {
			return nil
		}
		var all []ExpectedRecord
		lines := bytes.Split(a.Observation.Content, []byte("\n"))
		for _, line := range lines {
			known := slices.ContainsFunc(held, func(before []byte) bool { return bytes.Equal(line, before) })
			if !known && bytes.Contains(line, []byte("=")) {
				all = append(all, ExpectEventID(event.LogSource{Product: "windows", Service: "iis-configuration"}, 29))
			}
		}
		held = lines
		return all
	}
}
