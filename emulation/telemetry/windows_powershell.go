package telemetry

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// PowerShell's event 4104, of the scripts a stand-in was given.
var _ = register(Channel{
	Name:       "windows_powershell",
	Platform:   effect.Windows,
	Sources:    []event.LogSource{{Category: "ps_script", Product: "windows", Service: "powershell"}},
	Provenance: event.Translated,
	Open:       openWindowsPowerShell,
	Expect:     expectScripts(ExpectEventID(event.LogSource{Category: "ps_script", Product: "windows", Service: "powershell"}, 4104), func(text string) int { return 1 }),
})

func openWindowsPowerShell(h Host) func(Activity) []Record {
	var scripts scriptTracker
	return func(a Activity) []Record {
		var all []Record
		for i, script := range scripts.started(a) {
			fields := eventHeader(h, 4104, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell")
			fields["MessageNumber"], fields["MessageTotal"] = 1, 1
			fields["ScriptBlockText"], fields["Path"] = script.text, script.path
			fields["ScriptBlockId"] = fmt.Sprintf("%08x-0000-4000-8000-%012x", fnv32(script.text), a.Actor.Key<<8|uint64(i))
			all = append(all, Record{Fields: fields, Seen: script.seen, Provenance: script.provenance})
		}
		return all
	}
}
