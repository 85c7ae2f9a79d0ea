package target

import (
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

// Problem is what is wrong with an attribute, named as in HCL. The text says what is
// expected.
type Problem struct{ Attribute, Text string }

// possible are the formats that the address can be of, the usual one first; nil if the
// address is none. An HTTP server can be any: it must be said.
func (t Target) possible() []Format {
	scheme, _, network := strings.Cut(t.To, "://")
	switch {
	case !network:
		return []Format{Lines}
	case scheme == "udp", scheme == "tcp", scheme == "tls":
		return []Format{Syslog}
	case scheme == "http", scheme == "https":
		return []Format{HEC, Bulk, OTLP}
	}
	return nil
}

// Problems are what is wrong with a target; none if it can be shipped to.
func (t Target) Problems() []Problem {
	var all []Problem
	add := func(attribute, text string, args ...any) {
		all = append(all, Problem{attribute, fmt.Sprintf(text, args...)})
	}
	if problem := t.addressProblem(); problem != "" {
		add("to", "%s", problem)
		return all
	}
	possible := t.possible()
	switch {
	case t.Format == "" && len(possible) > 1:
		add("format", "An HTTP server can be several things: expected one of %s.", names(possible))
		return all
	case t.Format != "" && !slices.Contains(possible, t.Format):
		add("format", "%s", t.formatProblem(possible))
		return all
	}
	whole := t.WithDefaults()
	p, _ := protocolOf(whole.Format)
	if !slices.Contains(p.events, whole.Events) {
		add("events", "%q cannot be sent as %s. Expected one of: %s.", t.Events, p.Format, strings.Join(p.events, ", "))
	}
	all = append(all, t.secretProblems(p)...)
	all = append(all, t.tlsProblems()...)
	for _, given := range []struct {
		name, value string
		of          []Format
	}{{"index", t.Index, []Format{HEC, Bulk}}, {"sourcetype", t.Sourcetype, []Format{HEC}}} {
		if given.value != "" && !slices.Contains(given.of, p.Format) {
			add(given.name, "%s has no %s: it is for %s. Remove it.", p.Format, given.name, names(given.of))
		}
	}
	for _, number := range []struct {
		name       string
		given, max int
	}{{"batch", t.Batch, MaxBatch}, {"max_message", t.MaxMessage, MaxMaxMessage}, {"max_spool", t.MaxSpool, MaxMaxSpool}} {
		if number.given < 0 || number.given > number.max {
			add(number.name, "%d cannot be used: expected 1 to %d.", number.given, number.max)
		}
	}
	if t.MaxMessage > 0 && p.Format != Syslog {
		add("max_message", "%s has no max_message: it is for syslog. Remove it.", p.Format)
	}
	return all
}

// formatProblem says which format is expected.
func (t Target) formatProblem(possible []Format) string {
	if slices.Contains(EventFormats(), string(t.Format)) && t.Format != OTLP {
		return fmt.Sprintf("%q is a format of events: write it as \"events\". Expected here: %s.", t.Format, names(possible))
	}
	if _, known := protocolOf(t.Format); known {
		return fmt.Sprintf("%q cannot be sent to %s. Expected: %s.", t.Format, t.To, names(possible))
	}
	var known []string
	for _, p := range protocols {
		known = append(known, string(p.Format))
	}
	return fmt.Sprintf("There is no format %q. %s", t.Format, diagnostic.Suggest(string(t.Format), known))
}

const expectedAddress = `Expected "stdout", the path of a file, or an address such as udp://127.0.0.1:514, tcp://127.0.0.1:514, tls://127.0.0.1:6514 or https://127.0.0.1:8088.`

func (t Target) addressProblem() string {
	switch {
	case strings.TrimSpace(t.To) == "":
		return "It is empty. " + expectedAddress
	case strings.ContainsFunc(t.To, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "It has characters that cannot be shown. " + expectedAddress
	case t.possible() == nil:
		scheme, _, _ := strings.Cut(t.To, "://")
		return fmt.Sprintf("%s:// is not known. %s", scheme, expectedAddress)
	case !t.IsNetwork():
		return ""
	}
	at, err := t.Address()
	switch {
	case err != nil:
		return fmt.Sprintf("It cannot be read: %v. %s", err, expectedAddress)
	case at.User != nil:
		return "An address must not have a user or password in it: use the attributes, and a secret from env() or file()."
	case at.RawQuery != "" || at.Fragment != "" || at.ForceQuery:
		return "An address must not have a query or fragment, as secrets end up there."
	case at.Hostname() == "":
		return "It has no host. " + expectedAddress
	case at.Path != "" && t.possible()[0] == Syslog:
		return "An address of syslog has a host and a port alone."
	}
	if _, _, err := net.SplitHostPort(t.HostPort()); err != nil {
		return fmt.Sprintf("Its host and port cannot be read. %s", expectedAddress)
	}
	return ""
}

func (t Target) secretProblems(p protocol) []Problem {
	var all []Problem
	if t.Token != nil && p.token == "" {
		all = append(all, Problem{"token", fmt.Sprintf("%s takes no token. Remove it.", p.Format)})
	}
	if (t.User != "" || t.Password != nil) && !p.basic {
		name := "user"
		if t.User == "" {
			name = "password"
		}
		all = append(all, Problem{name, fmt.Sprintf("%s takes no user and password. Remove it.", p.Format)})
	}
	if t.Token != nil && t.Password != nil {
		all = append(all, Problem{"token", `It cannot be combined with "password": keep one of them.`})
	}
	if (t.User == "") != (t.Password == nil) {
		all = append(all, Problem{"password", `"user" and "password" must be given together.`})
	}
	if p.Format == HEC && t.Token == nil {
		all = append(all, Problem{"token", `Splunk must be told a token, such as token = env("SPLUNK_TOKEN").`})
	}
	if (t.Token != nil || t.Password != nil) && !t.Encrypted() && !t.Loopback() {
		all = append(all, Problem{"to", fmt.Sprintf("A secret must not be sent to %s without encryption: use https://.", t.Host())})
	}
	return all
}

func (t Target) tlsProblems() []Problem {
	var all []Problem
	for _, given := range []struct{ name, value string }{{"ca", t.CA}, {"certificate", t.Certificate}, {"key", t.Key}, {"server_name", t.ServerName}} {
		if given.value != "" && !t.Encrypted() {
			all = append(all, Problem{given.name, fmt.Sprintf("It is for a connection by TLS, and %s is none. Use https:// or tls://, or remove it.", t.To)})
		}
	}
	if (t.Certificate == "") != (t.Key == "") {
		all = append(all, Problem{"key", `"certificate" and "key" must be given together.`})
	}
	return all
}
