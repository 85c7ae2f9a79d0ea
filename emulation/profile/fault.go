package profile

import "slices"

// Fault is one human error in running detectors. Its methods are given what it
// befalls; only this package has faults.
type Fault interface {
	// Info says what is wrong, for people.
	Info() About
	// apply changes a copy on its way to the detectors.
	apply(*Delivery)
	// SuppressesRule reports whether a rule is without a voice.
	SuppressesRule(rule string) bool
}

// About names a fault.
type About struct {
	// Kind is the word of the language, such as "exclusion"; Name is that of
	// this one.
	Kind, Name, Title string
	// On are the kinds of asset that it befalls; none is all.
	On []string
}

// Info gives itself, so that faults can embed it.
func (a About) Info() About { return a }

// SuppressesRule is of no rule, where a fault does not say otherwise.
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
