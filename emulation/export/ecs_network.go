package export

import "strings"

// ecsConnection writes a connection, as Sysmon's event 3 has it.
func ecsConnection(o object, f *fields) {
	o.put("source.ip", f.address("SourceIp"))
	o.put("source.port", f.port("SourcePort"))
	o.put("source.domain", f.text("SourceHostname"))
	o.put("destination.ip", f.address("DestinationIp"))
	o.put("destination.port", f.port("DestinationPort"))
	o.put("destination.domain", f.text("DestinationHostname"))
	o.put("network.transport", strings.ToLower(f.text("Protocol")))
	switch f.text("Initiated") {
	case "true":
		o.put("network.direction", "egress")
	case "false":
		o.put("network.direction", "ingress")
	}
	ecsActor(o, f)
}

// ecsDNS writes a question to a name server.
func ecsDNS(o object, f *fields) {
	o.put("dns.question.name", f.text("QueryName", "query"))
	o.put("dns.question.type", f.text("record_type"))
	o.put("dns.type", "query")
	o.put("network.protocol", "dns")
	ecsActor(o, f)
}
