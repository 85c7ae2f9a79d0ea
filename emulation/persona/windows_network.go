package persona

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Sysmon's event 3: both ends as the socket had them. An asset has loopback
// only, so that is what the addresses are, unless the process was told whose
// they stand for, which is stated.
var _ = register(channel{
	name:       "windows_network",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "network_connection", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsNetwork),
	must:       onlyWhen(connects, dueID(windowsSysmon("network_connection"), 3)),
})

// Sysmon's event 22: the name is read from the query that was sent. Nobody on an
// asset answers, which Windows reports as a time-out (1460).
var _ = register(channel{
	name:       "windows_dns",
	persona:    effect.Windows,
	sources:    []event.LogSource{{Category: "dns_query", Product: "windows", Service: "sysmon"}},
	provenance: event.Translated,
	open:       stateless(windowsDNS),
	must:       onlyWhen(asksName, dueID(windowsSysmon("dns_query"), 22)),
})

func windowsNetwork(h host, m moment) []record {
	source, destination, ok := connection(m)
	if !ok {
		return nil
	}
	fields := sysmonBy(h, 3, m.time, m.by)
	tellConnection(fields, m, source, destination)
	told := map[string]event.Provenance{}
	for side, at := range map[string]netip.AddrPort{"Source": source, "Destination": destination} {
		fields[side+"Hostname"] = h.place.Hostname + "." + asset.WindowsDomain
		if other, _, ok := m.by.peer(at.Addr()); ok {
			fields[side+"Hostname"] = dash(other.Name)
			told[side+"Hostname"], told[side+"Ip"], told[side+"IsIpv6"] = event.Stated, event.Stated, event.Stated
		}
	}
	fields["SourcePortName"], fields["DestinationPortName"] = portName(source.Port()), portName(destination.Port())
	return []record{{fields: fields, provenances: told}}
}

// portName is what Windows' services file calls a port.
func portName(port uint16) string {
	return dash(map[uint16]string{
		20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 53: "domain", 80: "http", 88: "kerberos", 110: "pop3",
		135: "epmap", 139: "netbios-ssn", 143: "imap", 389: "ldap", 443: "https", 445: "microsoft-ds", 3389: "ms-wbt-server",
	}[port])
}

const dnsPort = 53

func windowsDNS(h host, m moment) []record {
	if m.Kind != event.Send || m.Socket == nil || m.Socket.Remote.Port() != dnsPort {
		return nil
	}
	name, ok := effect.ReadQuery(m.Observation.Content)
	if !ok {
		return nil
	}
	fields := sysmonBy(h, 22, m.time, m.by)
	fields["QueryName"], fields["QueryStatus"], fields["QueryResults"] = name, "1460", "-"
	return []record{{fields: fields}}
}
