package outside

import (
	"net/netip"
	"time"
)

// Alert is one alert of an outside detector, as far as it says something. All text is
// as the tool wrote it: nothing in it can be trusted.
type Alert struct {
	// ID is the tool's own for the alert, or a digest of its text: one that arrives twice
	// is one alert.
	ID string `json:"id"`
	// Rule is the name of the rule, RuleID what else the tool calls it by, such as a
	// number; empty if it has none.
	Rule     string `json:"rule"`
	RuleID   string `json:"rule_id,omitempty"`
	Severity string `json:"severity,omitempty"`
	// Time is when it happened, by the tool's clock; zero if it does not say. Precision is
	// how exact that is: a time without fractions stands for the whole second.
	Time      time.Time     `json:"time,omitzero"`
	Precision time.Duration `json:"precision,omitempty"`
	// Host is the name of the host, Container the id or name of the container.
	Host      string `json:"host,omitempty"`
	Container string `json:"container,omitempty"`
	// Process is the name of the process, Exe the path of its program, PID its number
	// within the container.
	Process string `json:"process,omitempty"`
	Exe     string `json:"exe,omitempty"`
	PID     int    `json:"pid,omitempty"`
	Args    string `json:"args,omitempty"`
	// Parent is the name of the parent process or the path of its program.
	Parent string `json:"parent,omitempty"`
	// Path is the file that it is about, SHA256 the digest of its content, in hex.
	Path   string `json:"path,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	// From and To are the ends of a connection; each may lack its port.
	From netip.AddrPort `json:"from,omitzero"`
	To   netip.AddrPort `json:"to,omitzero"`
	// Count is how many the tool itself put together in this one; 0 is one.
	Count int `json:"count,omitempty"`
	// Step is the step whose files a scanner of ours was given; no tool can set it.
	Step string `json:"step,omitempty"`
}

// Named reports whether the alert is of the rule that a scenario names.
func (a Alert) Named(rule string) bool { return a.Rule == rule || a.RuleID != "" && a.RuleID == rule }

// number is how many alerts the tool counts in this one.
func (a Alert) number() int { return max(1, a.Count) }

// Arrival is an alert with the time at which it arrived here, by our clock.
type Arrival struct {
	Alert Alert     `json:"alert"`
	At    time.Time `json:"at"`
}

// when is the time that the alert gives, or else that at which it arrived.
func (a Arrival) when() (at time.Time, precision time.Duration) {
	if a.Alert.Time.IsZero() {
		return a.At, 0
	}
	return a.Alert.Time, a.Alert.Precision
}
