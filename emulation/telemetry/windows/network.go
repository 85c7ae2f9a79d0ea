package windows

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// Sysmon's event 3: both ends as the socket had them. An asset has loopback
// only, so that is what the addresses are, unless the process was given peers,
// which are stated.
var _ = channels.Register(channel.Channel{
	Name:       "windows_network",
	Sources:    []event.LogSource{{Category: "network_connection", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(networkConnection),
	Expect:     channel.ExpectWhen(channel.ConnectionMade, channel.ExpectEventID(sysmonSource("network_connection"), 3)),
})

// Sysmon's event 22: the name is read from the query that was sent. Nobody on an
// asset answers, which Windows reports as a time-out (1460).
var _ = channels.Register(channel.Channel{
	Name:       "windows_dns",
	Sources:    []event.LogSource{{Category: "dns_query", Product: "windows", Service: "sysmon"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(dnsQuery),
	Expect:     channel.ExpectWhen(channel.NameQueried, channel.ExpectEventID(sysmonSource("dns_query"), 22)),
})

func networkConnection(h channel.Host, a channel.Activity) []channel.Record {
	source, destination, ok := channel.Endpoints(a)
	if !ok {
		return nil
	}
	fields := sysmonProcessFields(h, 3, a.Time, a.Actor)
	channel.AddConnectionFields(fields, a, source, destination)
	provenance := map[string]event.Provenance{}
	for side, at := range map[string]netip.AddrPort{"Source": source, "Destination": destination} {
		fields[side+"Hostname"] = h.Asset.Hostname + "." + asset.WindowsDomain
		if other, _, ok := a.Actor.Peer(at.Addr()); ok {
			fields[side+"Hostname"] = dashIfEmpty(other.Name)
			provenance[side+"Hostname"], provenance[side+"Ip"], provenance[side+"IsIpv6"] = event.Stated, event.Stated, event.Stated
		}
	}
	fields["SourcePortName"], fields["DestinationPortName"] = portName(source.Port()), portName(destination.Port())
	return []channel.Record{{Fields: fields, FieldProvenance: provenance}}
}

// portName is what Windows' services file calls a port.
func portName(port uint16) string {
	return dashIfEmpty(map[uint16]string{
		20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "domain", 80: "http", 88: "kerberos", 110: "pop3",
		135: "epmap", 139: "netbios-ssn", 143: "imap", 389: "ldap", 443: "https", 445: "microsoft-ds", 3389: "ms-wbt-server",
	}[port])
}

func dnsQuery(h channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Send || a.Socket == nil || a.Socket.Remote.Port() != channel.DNSPort {
		return nil
	}
	name, ok := effect.DecodeDNSQuery(a.Observation.Content)
	if !ok {
		return nil
	}
	fields := sysmonProcessFields(h, 22, a.Time, a.Actor)
	fields["QueryName"], fields["QueryStatus"], fields["QueryResults"] = name, "1460", "-"
	return []channel.Record{{Fields: fields}}
}
