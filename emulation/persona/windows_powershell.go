package persona

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// PowerShell's event 4104, of the scripts a stand-in was given.
var _ = register(channel{
	name:       "windows_powershell",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "ps_script", Product: "windows", Service: "powershell"}},
	provenance: event.Translated,
	open:       openWindowsPowerShell,
	must:       mustTellScripts(dueID(event.LogSource{Category: "ps_script", Product: "windows", Service: "powershell"}, 4104), func(text string) int { return 1 }),
})

func openWindowsPowerShell(h host) func(moment) []record {
	var scripts windowsScripts
	return func(m moment) []record {
		var all []record
		for i, one := range scripts.given(m) {
			fields := windowsHead(h, 4104, "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell")
			fields["MessageNumber"], fields["MessageTotal"] = 1, 1
			fields["ScriptBlockText"], fields["Path"] = one.text, one.path
			fields["ScriptBlockId"] = fmt.Sprintf("%08x-0000-4000-8000-%012x", hashed(one.text), m.by.key<<8|uint64(i))
			all = append(all, record{fields: fields, seen: one.seen, provenance: one.known})
		}
		return all
	}
}
