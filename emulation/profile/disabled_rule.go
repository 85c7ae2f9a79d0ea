package profile

import "strings"

// DisabledRule is a rule without a voice. Correlations over it go on: they count
// its matches, not its alerts.
type DisabledRule struct {
	About
	Rule string
}

// SuppressesRule reports whether it is this one.
func (d DisabledRule) SuppressesRule(rule string) bool { return strings.EqualFold(d.Rule, rule) }

func (DisabledRule) apply(*Delivery) {}
