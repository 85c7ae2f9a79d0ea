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
	if m.Socket == nil || m.Socket.Protocol == "unix" || m.Kind != event.Connect && m.Kind != event.Accept {
		return nil
	}
	source, destination := m.Socket.Local, m.Socket.Remote
	if m.Kind == event.Accept {
		source, destination = destination, source
	}
	fields := linuxSysmon(h, 3, m.time, m.by)
	fields["Protocol"], fields["Initiated"] = m.Socket.Protocol, m.Kind == event.Connect
	fields["SourceIsIpv6"], fields["SourceIp"], fields["SourcePort"] = source.Addr().Is6(), source.Addr().String(), int(source.Port())
	fields["DestinationIsIpv6"], fields["DestinationIp"], fields["DestinationPort"] = destination.Addr().Is6(), destination.Addr().String(), int(destination.Port())
	for _, name := range [...]string{"SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName"} {
		fields[name] = "-"
	}
	return []record{{fields: fields, provenances: linuxWords("SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName")}}
}
