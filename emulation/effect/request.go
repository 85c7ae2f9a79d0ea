package effect

import (
	"fmt"
	"slices"
	"strings"
)

// Request is one request to the web server, from another host.
type Request struct {
	Method string `json:"method"`
	// Path is that of the page, with the query.
	Path string `json:"path"`
	// From is the address the request is said to come from, by the header that
	// a load balancer sets: one of those kept for documentation (RFC 5737).
	From  string `json:"from"`
	Agent string `json:"agent"`
}

func (Request) Kind() string      { return "request" }
func (Request) Service() string   { return WebService }
func (Request) Touches() []string { return nil }
func (r Request) String() string  { return r.Method + " " + r.Path }

// Traces is the connection to the server, and the line in its log with the
// address, the method and the page.
func (r Request) Traces() []Trace {
	return []Trace{
		{Kind: TraceServiceConnect, Remote: Endpoint{Address: loopback, Port: WebPort}},
		{Kind: TraceLine, Request: &r},
	}
}

// documentationNetworks are the networks that belong to nobody (RFC 5737), by their first
// three bytes.
var documentationNetworks = [...][3]byte{{192, 0, 2}, {198, 51, 100}, {203, 0, 113}}

// Perform is content with any answer. It fails on an asset without the service,
// for a request that is not one line of printable ASCII from an address reserved
// for documentation, and if there is no answer.
func (r Request) Perform(in Executor) error {
	if in.Request == nil {
		return fmt.Errorf("%s: %w", r, errNoServer)
	}
	if err := r.valid(); err != nil {
		return err
	}
	if err := in.Request(r); err != nil {
		return fmt.Errorf("%s: %w", r, err)
	}
	return nil
}

func (r Request) valid() error {
	from, isAddress := parseIPv4(r.From)
	switch {
	case r.Method != "GET" && r.Method != "POST":
		return fmt.Errorf("request with %q: expected GET or POST", r.Method)
	case !strings.HasPrefix(r.Path, "/") || strings.HasPrefix(r.Path, "//") || !isPrintable(r.Path):
		return fmt.Errorf("request %q: the path must begin with one slash and be printable ASCII", r.Path)
	case !isAddress || !slices.Contains(documentationNetworks[:], [3]byte(from[:3])):
		return fmt.Errorf("request from %q: expected an address reserved for documentation (RFC 5737)", r.From)
	case strings.ContainsFunc(r.Agent, func(c rune) bool { return c < ' ' || c > '~' }):
		return fmt.Errorf("request by %q: the agent must be printable ASCII", r.Agent)
	}
	return nil
}

func isPrintable(text string) bool {
	return !strings.ContainsFunc(text, func(c rune) bool { return c <= ' ' || c > '~' })
}
