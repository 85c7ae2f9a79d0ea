package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 3 of Sysmon for Linux: both ends as the socket had them. An asset has
// loopback only, so that is what the addresses are. It resolves no names.
var _ = register(channel{
	name:       "linux_network_connection",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "network_connection", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxNetwork),
})

func linuxNetwork(h host, m moment) []record {
	source, destination, ok := connection(m)
	if !ok {
		return nil
	}
	fields := linuxSysmon(h, 3, m.time, m.by)
	tellConnection(fields, m, source, destination)
	for _, name := range [...]string{"SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName"} {
		fields[name] = "-"
	}
	return []record{{fields: fields, provenances: linuxWords("SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName")}}
}
