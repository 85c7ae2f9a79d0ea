package telemetry

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Event 3 of Sysmon for Linux: both ends as the socket had them. An asset has
// loopback only, so that is what the addresses are, unless the process was told
// whose they stand for: that nobody saw, so it is stated. It resolves no names.
var _ = register(Channel{
	Name:       "linux_network_connection",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "network_connection", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       Stateless(linuxNetwork),
	Expect:     ExpectWhen(ConnectionMade, ExpectedRecord{Source: linuxSysmonSource("network_connection")}),
})

func linuxNetwork(h Host, a Activity) []Record {
	source, destination, ok := Endpoints(a)
	if !ok {
		return nil
	}
	fields := linuxSysmon(h, 3, a.Time, a.Actor)
	AddConnectionFields(fields, a, source, destination)
	for _, name := range [...]string{"SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName"} {
		fields[name] = "-"
	}
	words := linuxSysmonProvenance(a.Actor, "SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName")
	for side, at := range map[string]netip.AddrPort{"Source": source, "Destination": destination} {
		if _, _, told := a.Actor.Peer(at.Addr()); told {
			words[side+"Ip"], words[side+"IsIpv6"] = event.Stated, event.Stated
		}
	}
	return []Record{{Fields: fields, FieldProvenance: words}}
}
