package persona

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 3 of Sysmon for Linux: both ends as the socket had them. An asset has
// loopback only, so that is what the addresses are, unless the process was told
// whose they stand for: that nobody saw, so it is stated. It resolves no names.
var _ = register(channel{
	name:       "linux_network_connection",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "network_connection", Product: "linux", Service: "sysmon"}},
	provenance: event.Observed,
	open:       stateless(linuxNetwork),
	must:       onlyWhen(connects, due{source: linuxSysmonSource("network_connection")}),
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
	words := linuxWords(m.by, "SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName")
	for side, at := range map[string]netip.AddrPort{"Source": source, "Destination": destination} {
		if _, _, told := m.by.peer(at.Addr()); told {
			words[side+"Ip"], words[side+"IsIpv6"] = event.Stated, event.Stated
		}
	}
	return []record{{fields: fields, provenances: words}}
}
