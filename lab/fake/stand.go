package fake

import (
	"crypto/sha256"
	"fmt"
	"net/netip"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// sigcont is SIGCONT's number, of a Linux container.
const sigcont = 18

// provideStand gives a stand what acts need beyond files: each is written down as a
// sensor would have seen it.
func (s *session) provideStand(in *effect.Executor, see func(event.Observation)) {
	in.Load = func(real string) error {
		content, err := s.disk.ReadFile(real)
		if err == nil {
			see(event.Observation{Kind: event.Map, Path: real, Content: content, Digest: fmt.Sprintf("%x", sha256.Sum256(content))})
		}
		return err
	}
	in.Connect = func(c effect.Connection) error {
		seen := event.Socket{Protocol: "tcp", Local: addressOf(c.From), Remote: addressOf(c.To)}
		if c.Datagrams {
			seen.Protocol = "udp"
		}
		if !c.Datagrams {
			see(event.Observation{Kind: event.Bind, Socket: &event.Socket{Protocol: seen.Protocol, Local: seen.Remote}})
		}
		if !seen.Local.Addr().IsUnspecified() {
			see(event.Observation{Kind: event.Bind, Socket: &event.Socket{Protocol: seen.Protocol, Local: seen.Local}})
		} else {
			seen.Local = netip.AddrPortFrom(seen.Remote.Addr(), 49152)
		}
		see(event.Observation{Kind: event.Connect, Socket: &seen})
		return nil
	}
	in.Send = func(to effect.Endpoint, payload []byte) error {
		see(event.Observation{Kind: event.Send, Content: payload, Socket: &event.Socket{Protocol: "udp", Remote: addressOf(to)}})
		return nil
	}
}

func addressOf(end effect.Endpoint) netip.AddrPort {
	return netip.AddrPortFrom(netip.AddrFrom4(end.Address), end.Port)
}
