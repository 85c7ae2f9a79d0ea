package shape

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

var otherRows = []row{
	{name: "Zeek", keys: []string{"_path"}, is: has("_path"), sourcesOf: func(v *record.Value) []logevent.LogSource { return zeekSources(v.Said("_path")) },
		time: []string{"ts", "_write_ts"}, also: zeekNames},
	{name: "Zeek by streams", keys: []string{"@stream"}, is: says("@proc", "zeek", "bro", "corelight"), sourcesOf: func(v *record.Value) []logevent.LogSource { return zeekSources(v.Said("@stream")) },
		time: []string{"ts"}, also: append([]also{{"id.orig_h", "id_orig_h"}, {"id.orig_p", "id_orig_p"}, {"id.resp_h", "id_resp_h"}, {"id.resp_p", "id_resp_p"}}, zeekNames...)},
	{name: "Zeek in Filebeat", keys: []string{"zeek"}, is: begins("event.dataset", "zeek."), carries: true, sourcesOf: func(v *record.Value) []logevent.LogSource {
		return zeekSources(strings.TrimPrefix(v.Said("event.dataset"), "zeek."))
	}},
	{name: "Wazuh 5", keys: []string{"wazuh", "wazuh.integration.name"}, is: has("wazuh.integration.name"), sourcesOf: func(v *record.Value) []logevent.LogSource {
		return of(strings.ToLower(v.Said("wazuh.integration.name")), "")
	}},
	{name: "OpenCanary", keys: []string{"logtype"}, is: has("logtype", "node_id"), sources: []logevent.LogSource{{Category: "application", Product: "opencanary"}}, time: []string{"utc_time", "local_time"}},
	{name: "FortiGate", keys: []string{"logid", "devid", "devname"}, is: all(has("type"), hasOne("devid", "devname", "vd", "subtype")), sourcesOf: func(v *record.Value) []logevent.LogSource {
		return of("fortigate", strings.ToLower(v.Said("type")))
	}, time: []string{"date+time", "eventtime"}},
}

// zeekNames are what rules of the category dns ask for.
var zeekNames = []also{{"answer", "answers"}, {"record_type", "qtype_name"}}

// zeekSources are the log sources of a log of Zeek. That of names is one of rules that
// name no product, as well.
func zeekSources(path string) []logevent.LogSource {
	l := logevent.LogSource{Product: "zeek", Service: strings.ToLower(path)}
	if l.Service == "dns" {
		l.Category = "dns"
	}
	return []logevent.LogSource{l}
}
