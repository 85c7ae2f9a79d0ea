package profile

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Fault is one mistake in running detectors, as a scenario declares it. Only this
// package has faults.
type Fault interface {
	// Info names the fault.
	Info() About
	// apply changes a delivery on its way to the detectors.
	apply(*Delivery)
	// SuppressesRule reports whether the alerts of a rule, by its id, are dropped.
	SuppressesRule(rule string) bool
}

// About is what all faults have: how they are named, and where they apply.
type About struct {
	// Kind is the word of the language, such as "exclusion"; Name is that of
	// this one.
	Kind, Name, Title string
	// On are the kinds of asset that the fault applies to; none is all.
	On []string
}

// Info returns a itself, so that a fault that embeds it has a name.
func (a About) Info() About { return a }

// SuppressesRule returns false: most faults drop no alerts.
func (About) SuppressesRule(string) bool { return false }

func (a About) appliesTo(c *Delivery) bool { return len(a.On) == 0 || slices.Contains(a.On, c.Kind) }

// The kinds of fault.
const (
	KindExclusion          = "exclusion"
	KindDisabledRule       = "disabled_rule"
	KindForwarderOff       = "forwarder_off"
	KindClockSkew          = "clock_skew"
	KindParserFieldMissing = "parser_field_missing"
)

var _ = []Fault{Exclusion{}, DisabledRule{}, ForwarderOff{}, ClockSkew{}, ParserFieldMissing{}}

// Exclusion hides from the rules all records in which a field contains a text: one that
// analysts wrote to silence a noisy program, and that is too wide. Case does not count.
type Exclusion struct {
	About
	Field, Contains string
}

func (e Exclusion) apply(c *Delivery) {
	value, ok := c.Event.Fields[e.Field]
	if !ok {
		value, ok = c.Event.Joined[e.Field]
	}
	if ok && e.appliesTo(c) && strings.Contains(strings.ToLower(fmt.Sprint(value)), strings.ToLower(e.Contains)) {
		c.Seen = false
	}
}

// DisabledRule drops the alerts of one rule. Correlations over it go on: they count its
// matches, not its alerts.
type DisabledRule struct {
	About
	Rule string
}

// SuppressesRule reports whether rule is the id of the disabled one; case does not count.
func (d DisabledRule) SuppressesRule(rule string) bool { return strings.EqualFold(d.Rule, rule) }

func (DisabledRule) apply(*Delivery) {}

// ForwarderOff is a forwarder that is off from one virtual time to another, and does not
// catch up when it is on again.
type ForwarderOff struct {
	About
	From, Until time.Duration
}

func (f ForwarderOff) apply(c *Delivery) {
	if f.appliesTo(c) && c.written >= f.From && c.written < f.Until {
		c.forwarded = false
	}
}

// ClockSkew is hosts whose clocks run ahead, or behind if Ahead is negative. Time stamps
// are the hosts', so the effect depends on how far back rules look, and on time windows
// that span several hosts.
type ClockSkew struct {
	About
	Ahead time.Duration
}

func (s ClockSkew) apply(c *Delivery) {
	if s.appliesTo(c) {
		c.Event.Time = c.Event.Time.Add(s.Ahead)
	}
}

// ParserFieldMissing is a parser that no longer extracts a field, as after an update of
// the log's format.
type ParserFieldMissing struct {
	About
	Field string
}

func (p ParserFieldMissing) apply(c *Delivery) {
	if p.appliesTo(c) {
		c.dropFields(p.Field)
	}
}
