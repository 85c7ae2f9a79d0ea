package reenact

import (
	"net/netip"
	"strconv"
	"strings"
)

// convertConnect has the process connect to loopback addresses that stand for the
// recorded ones.
func convertConnect(e RecordedEvent) (Args, string) {
	port, err := strconv.Atoi(e.Data["DestinationPort"])
	if err != nil {
		return nil, "the recorded port cannot be read: " + e.Data["DestinationPort"]
	}
	if strings.EqualFold(e.Data["Initiated"], "false") {
		return nil, "not reproducible: the connection comes from another host"
	}
	to, from := hostOf(e, "Destination"), hostOf(e, "Source")
	network := Args{"protocol": "tcp", "to": to, "from": from}
	if strings.EqualFold(e.Data["Protocol"], "udp") {
		network["protocol"] = "udp"
	}
	// A connection to the host itself cannot have the same port at both ends.
	if own, err := strconv.Atoi(e.Data["SourcePort"]); err == nil && (own != port || len(to) > 0) {
		network["from_port"] = own
	}
	return Args{"act": "connect", "process": actingProcess(e, "Image", "User"), "port": port, "network": network}, ""
}

// hostOf returns one end of a connection; a loopback address is left out.
func hostOf(e RecordedEvent, end string) Args {
	host := Args{}
	address, err := netip.ParseAddr(e.Data[end+"Ip"])
	if err != nil || address.IsLoopback() {
		return host
	}
	host["address"] = address.String()
	setIfPresent(host, "name", singleLine(e.Data[end+"Hostname"]))
	return host
}
