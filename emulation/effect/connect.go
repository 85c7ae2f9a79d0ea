package effect

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// Connect opens a connection on the asset's own loopback and closes it again
// without a byte of data. To and From are loopback addresses, of which a Peer
// says whose they stand for; none is the asset's own, and no port is any.
type Connect struct {
	Port     uint16 `json:"port"`
	To       string `json:"to,omitempty"`
	From     string `json:"from,omitempty"`
	FromPort uint16 `json:"from_port,omitempty"`
	// Datagrams makes it a UDP socket's, which sends nothing.
	Datagrams bool `json:"datagrams,omitempty"`
}

func (Connect) Kind() string      { return "connect" }
func (Connect) Touches() []string { return nil }
func (c Connect) String() string  { return fmt.Sprintf("connect to port %d on loopback", c.Port) }

// Perform fails where the port cannot be listened on, and for any address but a
// loopback one: the executor is not asked for another.
func (c Connect) Perform(in Executor) error {
	connection, err := c.connection()
	if err != nil {
		return fmt.Errorf("connect to port %d: %w", c.Port, err)
	}
	return withPlatformPath("connect to", fmt.Sprintf("port %d", c.Port), in.Connect(connection))
}

// connection is an error for any address but a loopback one.
func (c Connect) connection() (Connection, error) {
	to, err := parseLoopback(c.To)
	if err != nil {
		return Connection{}, err
	}
	from := Endpoint{Port: c.FromPort}
	if c.From != "" || c.FromPort != 0 {
		if from.Address, err = parseLoopback(c.From); err != nil {
			return Connection{}, err
		}
	}
	return Connection{Datagrams: c.Datagrams, From: from, To: Endpoint{Address: to, Port: c.Port}}, nil
}

// Traces is the connection, and before it each socket that is given its own end:
// the one that listens, and the one that connects from a given address. An address
// that is refused leaves none.
func (c Connect) Traces() []Trace {
	connection, err := c.connection()
	if err != nil {
		return nil
	}
	var all []Trace
	if !connection.Datagrams {
		all = append(all, Trace{Kind: TraceBind, Local: connection.To})
	}
	if connection.From.Address != ([4]byte{}) {
		all = append(all, Trace{Kind: TraceBind, Local: connection.From, Datagrams: connection.Datagrams})
	}
	return append(all, Trace{Kind: TraceConnect, Local: connection.From, Remote: connection.To, Datagrams: connection.Datagrams})
}

// Connection is what an [Executor] is asked to connect.
type Connection struct {
	Datagrams bool
	// From may have no address: any is good.
	From, To Endpoint
}

// Resolve asks for a name's address on the asset's own loopback: one DNS query
// that nobody answers.
type Resolve struct {
	Name string `json:"name"`
}

func (Resolve) Kind() string      { return "resolve" }
func (Resolve) Touches() []string { return nil }
func (r Resolve) String() string  { return "ask for the address of " + r.Name + " on loopback" }

// Perform fails for a name that DNS cannot carry.
func (r Resolve) Perform(in Executor) error {
	query, err := dnsQuery(r.Name)
	if err != nil {
		return err
	}
	return withPlatformPath("resolve", r.Name, in.Send(Endpoint{Address: loopback, Port: 53}, query))
}

// Traces is the query; of a name that DNS cannot carry there is none, and the
// act is refused.
func (r Resolve) Traces() []Trace {
	query, err := dnsQuery(r.Name)
	if err != nil {
		return nil
	}
	return []Trace{{Kind: TraceSend, Remote: Endpoint{Address: loopback, Port: 53}, Content: query}}
}

const dnsHeader = 12

// dnsQuery is a query for a name's IPv4 address (RFC 1035, 4.1).
func dnsQuery(name string) ([]byte, error) {
	query := make([]byte, dnsHeader)
	binary.BigEndian.PutUint16(query[2:], 0x0100) // recursion desired
	binary.BigEndian.PutUint16(query[4:], 1)      // one question
	for _, label := range strings.Split(strings.TrimSuffix(name, "."), ".") {
		if label == "" || len(label) > 63 {
			return nil, fmt.Errorf("resolve %q: each label must have 1 to 63 bytes", name)
		}
		query = append(append(query, byte(len(label))), label...)
	}
	query = append(query, 0, 0, 1, 0, 1) // the root, type A, class IN
	if len(query) > dnsHeader+255+4 {
		return nil, fmt.Errorf("resolve %.40q…: a name must have at most 255 bytes", name)
	}
	return query, nil
}

// DecodeDNSQuery returns the name that a DNS query asks for. ok is false for a
// datagram that is not a query.
func DecodeDNSQuery(datagram []byte) (name string, ok bool) {
	if len(datagram) < dnsHeader || binary.BigEndian.Uint16(datagram[4:]) != 1 {
		return "", false
	}
	var labels []string
	for rest := datagram[dnsHeader:]; len(rest) > 0; {
		size := int(rest[0])
		if size == 0 {
			return strings.Join(labels, "."), len(labels) > 0
		}
		if size > 63 || size >= len(rest) {
			return "", false
		}
		labels, rest = append(labels, string(rest[1:1+size])), rest[1+size:]
	}
	return "", false
}
