package persona

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
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

// peer is the host that an address stands for to a process, and its own address;
// ok is false where it stands for itself.
func (p *process) peer(at netip.Addr) (host effect.Peer, is netip.Addr, ok bool) {
	for _, host := range p.peers {
		if is, err := netip.ParseAddr(host.Is); err == nil && host.Here == at.String() {
			return host, is, true
		}
	}
	return effect.Peer{}, at, false
}

// tellConnection writes it into Sysmon's event 3, which has the same fields on
// both systems.
func tellConnection(fields map[string]any, m moment, source, destination netip.AddrPort) {
	fields["Protocol"], fields["Initiated"] = m.Socket.Protocol, m.Kind == event.Connect
	_, from, _ := m.by.peer(source.Addr())
	_, to, _ := m.by.peer(destination.Addr())
	fields["SourceIsIpv6"], fields["SourceIp"], fields["SourcePort"] = from.Is6(), from.String(), int(source.Port())
	fields["DestinationIsIpv6"], fields["DestinationIp"], fields["DestinationPort"] = to.Is6(), to.String(), int(destination.Port())
}
