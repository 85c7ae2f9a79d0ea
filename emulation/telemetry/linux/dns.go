package linux

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// The query log of dnsmasq, the host's own resolver; Sysmon for Linux has no
// event for it. The name is read from the query that was sent on the loopback,
// which nobody answers there: there is no answer in the record.
var _ = channels.Register(channel.Channel{
	Name:       "linux_dns",
	Sources:    []event.LogSource{{Category: "dns"}},
	Provenance: event.Translated,
	Open:       channel.Stateless(dnsQuery),
	Expect:     channel.ExpectWhen(channel.NameQueried, channel.ExpectedRecord{Source: event.LogSource{Category: "dns"}}),
})

func dnsQuery(_ channel.Host, a channel.Activity) []channel.Record {
	if a.Kind != event.Send || a.Socket == nil || a.Socket.Remote.Port() != channel.DNSPort {
		return nil
	}
	name, ok := effect.DecodeDNSQuery(a.Content)
	if !ok {
		return nil
	}
	return []channel.Record{{Fields: map[string]any{"query": name, "src_ip": a.Socket.Remote.Addr().String()}, NoJoin: true}}
}
