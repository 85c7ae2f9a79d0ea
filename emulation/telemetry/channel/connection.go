package channel

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Endpoints returns the two ends of a connection over a network, first the end that
// began it. ok is false for an activity that is no such connection.
func Endpoints(a Activity) (source, destination netip.AddrPort, ok bool) {
	if a.Socket == nil || a.Socket.Protocol == "unix" {
		return source, destination, false
	}
	switch a.Kind {
	case event.Connect:
		return a.Socket.Local, a.Socket.Remote, true
	case event.Accept:
		return a.Socket.Remote, a.Socket.Local, true
	}
	return source, destination, false
}

// Peer returns the host that an address stands for to the process, and that host's
// address. ok is false where the address stands for itself.
func (p *Process) Peer(at netip.Addr) (host effect.Peer, is netip.Addr, ok bool) {
	for _, host := range p.Peers {
		if is, err := netip.ParseAddr(host.Address); err == nil && host.Loopback == at.String() {
			return host, is, true
		}
	}
	return effect.Peer{}, at, false
}

// AddConnectionFields adds the fields of a connection that Sysmon's event 3 has on
// both systems.
func AddConnectionFields(fields map[string]any, a Activity, source, destination netip.AddrPort) {
	fields["Protocol"], fields["Initiated"] = a.Socket.Protocol, a.Kind == event.Connect
	_, from, _ := a.Actor.Peer(source.Addr())
	_, to, _ := a.Actor.Peer(destination.Addr())
	fields["SourceIsIpv6"], fields["SourceIp"], fields["SourcePort"] = from.Is6(), from.String(), int(source.Port())
	fields["DestinationIsIpv6"], fields["DestinationIp"], fields["DestinationPort"] = to.Is6(), to.String(), int(destination.Port())
}

// DNSPort is the port that name servers listen on.
const DNSPort = 53
