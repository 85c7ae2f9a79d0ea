package persona

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/event"
)

// connection gives the two ends of a connection over a network, the one that
// began it first; ok is false where the moment is none.
func connection(m moment) (source, destination netip.AddrPort, ok bool) {
	if m.Socket == nil || m.Socket.Protocol == "unix" {
		return source, destination, false
	}
	switch m.Kind {
	case event.Connect:
		return m.Socket.Local, m.Socket.Remote, true
	case event.Accept:
		return m.Socket.Remote, m.Socket.Local, true
	}
	return source, destination, false
}

// tellConnection writes it into Sysmon's event 3, which has the same fields on
// both systems.
func tellConnection(fields map[string]any, m moment, source, destination netip.AddrPort) {
	fields["Protocol"], fields["Initiated"] = m.Socket.Protocol, m.Kind == event.Connect
	fields["SourceIsIpv6"], fields["SourceIp"], fields["SourcePort"] = source.Addr().Is6(), source.Addr().String(), int(source.Port())
	fields["DestinationIsIpv6"], fields["DestinationIp"], fields["DestinationPort"] = destination.Addr().Is6(), destination.Addr().String(), int(destination.Port())
}
