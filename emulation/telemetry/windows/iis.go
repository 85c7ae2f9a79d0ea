package windows

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// What a change of the web server's configuration leaves in the log that IIS
// keeps of it (29).
var _ = channels.Register(channel.Channel{
	Name:       "windows_iis",
	Sources:    []event.LogSource{{Product: "windows", Service: "iis-configuration"}},
	Provenance: event.Translated,
	Open:       openIIS,
	Expect:     expectIISSettings,
})

func openIIS(h channel.Host) func(channel.Activity) []channel.Record {
	var before []string
	for _, file := range h.Asset.Kind.Files {
		if file.Path == asset.WindowsWebSettings {
			before = strings.Split(string(file.Content), "\n")
		}
	}
	return func(a channel.Activity) []channel.Record {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsWebSettings {
			return nil
		}
		now := strings.Split(string(a.Observation.Content), "\n")
		var all []channel.Record
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
			all = append(all, channel.Record{Fields: fields})
		}
		before = now
		return all
	}
}

// expectIISSettings declares a record of each setting that has another value than
// before.
func expectIISSettings(h channel.Host) func(channel.Activity) []channel.ExpectedRecord {
	held := bytes.Split(h.Asset.Content(asset.WindowsWebSettings), []byte("\n"))
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind != event.Content || a.PlatformPath != asset.WindowsWebSettings {
			return nil
		}
		var all []channel.ExpectedRecord
		lines := bytes.Split(a.Observation.Content, []byte("\n"))
		for _, line := range lines {
			known := slices.ContainsFunc(held, func(before []byte) bool { return bytes.Equal(line, before) })
			if !known && bytes.Contains(line, []byte("=")) {
				all = append(all, channel.ExpectEventID(event.LogSource{Product: "windows", Service: "iis-configuration"}, 29))
			}
		}
		held = lines
		return all
	}
}
