package behaviour

import (
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// network is a connection as recordings describe one. It is made on loopback.
type network struct {
	Protocol string  `arg:"protocol" doc:"tcp, or udp: a socket that is given its other end, and sends nothing" oneof:"tcp,udp" default:"tcp"`
	To       netHost `arg:"to" doc:"the host that is connected to; the asset itself where no address is given"`
	From     netHost `arg:"from" doc:"this host; as the asset has it where no address is given"`
	FromPort int     `arg:"from_port" doc:"the port it is connected from; 0 is any" min:"0" max:"65535" default:"0"`
}

// netHost is a host as another one sees it.
type netHost struct {
	Address string `arg:"address" doc:"its address" form:"address" max:"64" default:""`
	Name    string `arg:"name" doc:"its name" form:"line" max:"256" default:""`
}

// The loopback addresses that stand for the two ends.
const (
	thisEnd  = "127.1.0.1"
	otherEnd = "127.1.0.2"
)

// asPeer has a loopback address stand for the host; no address is none.
func (h netHost) asPeer(here string) (at string, peers []effect.Peer) {
	is, err := netip.ParseAddr(h.Address)
	if err != nil {
		return "", nil // not given: the form lets no other through
	}
	return here, []effect.Peer{{Loopback: here, Address: is.String(), Name: h.Name}}
}

func connect(r reenact) action {
	act := effect.Connect{Port: uint16(r.Port), FromPort: uint16(r.Network.FromPort), Datagrams: r.Network.Protocol == "udp"}
	var from, to []effect.Peer
	act.From, from = r.Network.From.asPeer(thisEnd)
	act.To, to = r.Network.To.asPeer(otherEnd)
	planned := withPrefetchNote(r, act)
	planned.peers = append(from, to...)
	return planned
}
