package target

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Target is a destination as a `ship` block or the command line has it.
type Target struct {
	Name string `json:"name"`
	// To is where it goes: "stdout", the path of a file, or an address that begins with
	// udp://, tcp://, tls://, http:// or https://.
	To     string `json:"to"`
	Format Format `json:"format,omitempty"`
	// Events is the format of the events, one of package export.
	Events   string  `json:"events,omitempty"`
	Token    *Secret `json:"token,omitempty"`
	User     string  `json:"user,omitempty"`
	Password *Secret `json:"password,omitempty"`
	// Index and Sourcetype are what events are filed under.
	Index      string `json:"index,omitempty"`
	Sourcetype string `json:"sourcetype,omitempty"`
	// CA, Certificate and Key are files of PEM: who is trusted to sign the other side's
	// certificate, and what ringer shows of itself. ServerName is the name that the other
	// side's certificate must have, where that is not the host's.
	CA          string `json:"ca,omitempty"`
	Certificate string `json:"certificate,omitempty"`
	Key         string `json:"key,omitempty"`
	ServerName  string `json:"server_name,omitempty"`
	// Batch is the most events of a batch, MaxMessage the most bytes of a syslog message,
	// MaxSpool the most MiB that wait on disk; 0 is the default.
	Batch      int `json:"batch,omitempty"`
	MaxMessage int `json:"max_message,omitempty"`
	MaxSpool   int `json:"max_spool,omitempty"`
}

// Secret says where a secret is: one of the two.
type Secret struct {
	// Env is the name of an environment variable, File the path of a file that has
	// nothing else.
	Env  string `json:"env,omitempty"`
	File string `json:"file,omitempty"`
}

// String names the place, as it is written in HCL.
func (s Secret) String() string {
	if s.File != "" {
		return fmt.Sprintf("file(%q)", s.File)
	}
	return fmt.Sprintf("env(%q)", s.Env)
}

// The defaults.
const (
	DefaultBatch      = 500
	DefaultMaxMessage = 8192
	DefaultMaxSpool   = 256
	// MaxBatch and MaxMaxMessage bound what can be asked for.
	MaxBatch      = 10_000
	MaxMaxMessage = 1 << 20
	MaxMaxSpool   = 64 << 10
)

// Stdout is the address of the standard output.
const Stdout = "stdout"

// WithDefaults is the target with what is not said as it is then. It must have no
// problems.
func (t Target) WithDefaults() Target {
	if t.Format == "" {
		if possible := t.possible(); len(possible) > 0 {
			t.Format = possible[0]
		}
	}
	p, _ := protocolOf(t.Format)
	if t.Events == "" && len(p.events) > 0 {
		t.Events = p.events[0]
	}
	if t.Index == "" {
		t.Index = p.index
	}
	if t.Sourcetype == "" && t.Format == HEC {
		t.Sourcetype = "ringer:" + t.Events
	}
	for _, number := range []struct {
		to        *int
		otherwise int
	}{{&t.Batch, DefaultBatch}, {&t.MaxSpool, DefaultMaxSpool}} {
		if *number.to == 0 {
			*number.to = number.otherwise
		}
	}
	if t.Format == Syslog && t.MaxMessage == 0 {
		t.MaxMessage = DefaultMaxMessage
	}
	return t
}

// AuthScheme is the word before the token in the Authorization header.
func (t Target) AuthScheme() string {
	p, _ := protocolOf(t.Format)
	return p.token
}

// IsFile reports whether it is a file of this machine.
func (t Target) IsFile() bool { return t.To != Stdout && !strings.Contains(t.To, "://") }

// IsNetwork reports whether something is connected to.
func (t Target) IsNetwork() bool { return t.To != Stdout && !t.IsFile() }

// Address is the address of a target that is connected to. It fails if it cannot be
// read.
func (t Target) Address() (*url.URL, error) {
	at, err := url.Parse(t.To)
	if err != nil {
		if inner, ok := err.(*url.Error); ok { //nolint:errorlint // url.Parse returns it as it is
			err = inner.Err // without the address, which may have a password
		}
		return nil, err
	}
	return at, nil
}

// Host is the host that is connected to, without a port; "" if there is none.
func (t Target) Host() string {
	at, err := t.Address()
	if !t.IsNetwork() || err != nil {
		return ""
	}
	return at.Hostname()
}

// HostPort is the host with the port, which is the usual one where none is named.
func (t Target) HostPort() string {
	at, err := t.Address()
	if err != nil {
		return ""
	}
	port := at.Port()
	if port == "" {
		port = map[string]string{"udp": "514", "tcp": "514", "tls": "6514", "http": "80", "https": "443"}[at.Scheme]
	}
	return net.JoinHostPort(at.Hostname(), port)
}

// Loopback reports whether it stays on this machine, by what its address says.
func (t Target) Loopback() bool {
	host := t.Host()
	return !t.IsNetwork() || strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// Encrypted reports whether it is connected to by TLS.
func (t Target) Encrypted() bool {
	return strings.HasPrefix(t.To, "https://") || strings.HasPrefix(t.To, "tls://")
}
