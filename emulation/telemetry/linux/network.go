package linux

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Event 3 of Sysmon for Linux: both ends as the socket had them. An asset has
// loopback only, so that is what the addresses are, unless the process was given
// peers: nobody saw those, so they are stated. It resolves no names.
var _ = channels.Register(channel.Channel{
	Name:       "linux_network_connection",
	Sources:    []event.LogSource{{Category: "network_connection", Product: "linux", Service: "sysmon"}},
	Provenance: event.Observed,
	Open:       channel.Stateless(networkConnection),
	Expect:     channel.ExpectWhen(channel.ConnectionMade, channel.ExpectedRecord{Source: sysmonSource("network_connection")}),
})

func networkConnection(h channel.Host, a channel.Activity) []channel.Record {
	source, destination, ok := channel.Endpoints(a)
	if !ok {
		return nil
	}
	fields := sysmon(h, 3, a.Time, a.Actor)
	channel.AddConnectionFields(fields, a, source, destination)
	for _, name := range [...]string{"SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName"} {
		fields[name] = "-"
	}
	words := sysmonProvenance(a.Actor, "SourceHostname", "SourcePortName", "DestinationHostname", "DestinationPortName")
	for side, at := range map[string]netip.AddrPort{"Source": source, "Destination": destination} {
		if _, _, isPeer := a.Actor.Peer(at.Addr()); isPeer {
			words[side+"Ip"], words[side+"IsIpv6"] = event.Stated, event.Stated
		}
	}
	return []channel.Record{{Fields: fields, FieldProvenance: words}}
}
