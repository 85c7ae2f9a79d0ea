package target

import (
	"slices"
	"strings"
)

// Format is how entries are put together for a destination: its protocol.
type Format string

// The formats.
const (
	// Lines are the events themselves, one a line, in a file or on stdout.
	Lines  Format = "lines"
	Syslog Format = "syslog"
	HEC    Format = "hec"
	Bulk   Format = "bulk"
	OTLP   Format = "otlp"
)

// protocol is what a format is, and takes.
type protocol struct {
	Format
	title string
	// events are the formats of `ringer events` that it takes, the usual one first.
	events []string
	// token is how it is told a token; "" if it takes none.
	token string
	basic bool // whether it takes a user and a password
	index string
}

var protocols = []protocol{
	{Format: Lines, title: "the events alone, one a line", events: []string{"jsonl", "ecs", "ocsf", "winlogbeat", "otlp", "auditd"}},
	{Format: Syslog, title: "syslog of RFC 5424; on TCP and TLS each message after its length (RFC 6587)", events: []string{"jsonl", "ecs", "ocsf", "winlogbeat", "auditd"}},
	{Format: HEC, title: "Splunk's HTTP Event Collector", events: []string{"jsonl", "ecs", "ocsf", "winlogbeat", "auditd"}, token: "Splunk"},
	{Format: Bulk, title: "the bulk API of Elasticsearch and OpenSearch", events: []string{"ecs", "winlogbeat", "jsonl", "ocsf"}, token: "ApiKey", basic: true, index: "logs-ringer-default"},
	{Format: OTLP, title: "OpenTelemetry logs over HTTP, in JSON", events: []string{"otlp"}, token: "Bearer", basic: true},
}

// About is a format as a list shows it.
type About struct {
	Name   Format
	Title  string
	Events []string
}

// Formats lists the formats.
func Formats() []About {
	all := make([]About, len(protocols))
	for i, p := range protocols {
		all[i] = About{p.Format, p.title, slices.Clone(p.events)}
	}
	return all
}

// EventFormats lists the formats of events that any destination takes.
func EventFormats() []string {
	var all []string
	for _, p := range protocols {
		for _, events := range p.events {
			if !slices.Contains(all, events) {
				all = append(all, events)
			}
		}
	}
	return all
}

func protocolOf(name Format) (protocol, bool) {
	at := slices.IndexFunc(protocols, func(p protocol) bool { return p.Format == name })
	if at < 0 {
		return protocol{}, false
	}
	return protocols[at], true
}

// names lists formats in words.
func names(of []Format) string {
	var all []string
	for _, name := range of {
		all = append(all, string(name))
	}
	return strings.Join(all, ", ")
}
