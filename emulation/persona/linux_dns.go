package persona

import (
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// The query log of dnsmasq, the host's own resolver; Sysmon for Linux has no
// event for it. The name is read from the query that was sent on the loopback,
// which nobody answers there: there is no answer in the record.
var _ = register(channel{
	name:       "linux_dns",
	persona:    effect.Linux,
	sources:    []event.LogSource{{Category: "dns"}},
	provenance: event.Translated,
	open:       stateless(linuxDNS),
	must:       onlyWhen(asksName, due{source: event.LogSource{Category: "dns"}}),
})

func linuxDNS(_ host, m moment) []record {
	if m.Kind != event.Send || m.Socket == nil || m.Socket.Remote.Port() != dnsPort {
		return nil
	}
	name, ok := effect.ReadQuery(m.Content)
	if !ok {
		return nil
	}
	return []record{{fields: map[string]any{"query": name, "src_ip": m.Socket.Remote.Addr().String()}, whole: true}}
}
