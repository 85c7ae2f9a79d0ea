package windows

import (
	"slices"

	"github.com/ringer-lab/ringer/emulation/artifact"
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
	before := artifact.DecodeWebSettings(h.Asset.Content(artifact.WebSettingsFile))
	return func(a channel.Activity) []channel.Record {
		if a.Kind != event.Content || a.PlatformPath != artifact.WebSettingsFile {
			return nil
		}
		now := artifact.DecodeWebSettings(a.Observation.Content)
		var all []channel.Record
		for _, setting := range now {
			if slices.Contains(before, setting) {
				continue
			}
			fields := eventHeader(h, 29, "Microsoft-IIS-Configuration/Operational", "Microsoft-Windows-IIS-Configuration")
			fields["Configuration"], fields["NewValue"] = setting.Name, setting.Value
			fields["ConfigPath"], fields["EditOperationType"] = "MACHINE/WEBROOT/APPHOST", "2"
			for _, old := range before {
				if old.Name == setting.Name {
					fields["OldValue"] = old.Value
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
	known := artifact.DecodeWebSettings(h.Asset.Content(artifact.WebSettingsFile))
	return func(a channel.Activity) []channel.ExpectedRecord {
		if a.Kind != event.Content || a.PlatformPath != artifact.WebSettingsFile {
			return nil
		}
		var all []channel.ExpectedRecord
		settings := artifact.DecodeWebSettings(a.Observation.Content)
		for _, setting := range settings {
			if !slices.Contains(known, setting) {
				all = append(all, channel.ExpectEventID(event.LogSource{Product: "windows", Service: "iis-configuration"}, 29))
			}
		}
		known = settings
		return all
	}
}
