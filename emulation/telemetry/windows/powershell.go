package windows

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// PowerShell's event 4104, of the scripts a stand-in was given.
var _ = channels.Register(channel.Channel{
	Name:       "windows_powershell",
	Sources:    []event.LogSource{{Category: "ps_script", Product: "windows", Service: "powershell"}},
	Provenance: event.Translated,
	Open:       openPowerShell,
	Expect:     expectScripts(channel.ExpectEventID(event.LogSource{Category: "ps_script", Product: "windows", Service: "powershell"}, 4104), func(text string) int { return 1 }),
})

func openPowerShell(h channel.Host) func(channel.Activity) []channel.Record {
	var scripts scriptTracker
	return func(a channel.Activity) []channel.Record {
		var all []channel.Record
		for i, script := range scripts.started(a) {
			fields := eventHeader(h, 4104, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell")
			fields["MessageNumber"], fields["MessageTotal"] = 1, 1
			fields["ScriptBlockText"], fields["Path"] = script.text, script.path
			fields["ScriptBlockId"] = fmt.Sprintf("%08x-0000-4000-8000-%012x", channel.Hash32(script.text), a.Actor.Key<<8|uint64(i))
			all = append(all, channel.Record{Fields: fields, Seen: script.seen, Provenance: script.provenance})
		}
		return all
	}
}
