package telemetry

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// The query log of dnsmasq, the host's own resolver; Sysmon for Linux has no
// event for it. The name is read from the query that was sent on the loopback,
// which nobody answers there: there is no answer in the record.
var _ = register(Channel{
	Name:       "linux_dns",
	Platform:   effect.Linux,
	Sources:    []event.LogSource{{Category: "dns"}},
	Provenance: event.Translated,
	Open:       Stateless(linuxDNS),
	Expect:     ExpectWhen(NameQueried, ExpectedRecord{Source: event.LogSource{Category: "dns"}}),
})

func linuxDNS(_ Host, a Activity) []Record {
	if a.Kind != event.Send || a.Socket == nil || a.Socket.Remote.Port() != DNSPort {
		return nil
	}
	name, ok := effect.DecodeDNSQuery(a.Content)
	if !ok {
		return nil
	}
	return []Record{{Fields: map[string]any{"query": name, "src_ip": a.Socket.Remote.Addr().String()}, NoJoin: true}}
}
