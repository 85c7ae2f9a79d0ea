package plan

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// BuildConditions resolves profiles and faults: every log source must be one that a
// platform writes, every rule one that is loaded. Like [Build] it goes on after an
// error, and returns no conditions if there was one.
func BuildConditions(c scenario.Conditions, rules Catalog, channels Channels) (Conditions, hcl.Diagnostics) {
	b := builder{rules: rules, channels: channels}
	var out Conditions
	for _, profile := range c.Profiles {
		for i, source := range profile.Profile.Sources {
			b.checkSource(source, profile.Sources[i], profile)
		}
		out.Profiles = append(out.Profiles, profile.Profile)
	}
	for _, fault := range c.Faults {
		if resolved, ok := b.resolveFault(fault); ok {
			out.Faults = append(out.Faults, resolved)
		}
	}
	if !c.Valid || b.ErrorCount() > 0 {
		return Conditions{}, b.Diagnostics()
	}
	return out, b.Diagnostics()
}

// resolveFault finds the rule of a fault that has one. Of a rule that was left out there
// is no fault: nothing is lost by it.
func (b *builder) resolveFault(fault scenario.Fault) (profile.Fault, bool) {
	disabled, ok := fault.Fault.(profile.DisabledRule)
	if fault.Rule.Text == "" {
		return fault.Fault, true
	}
	if found := b.rules.Named(fault.Rule.Text); len(found) == 1 && found[0].LeftOut {
		return nil, false
	}
	rule, found := b.findRule(fault.Rule, fault.Range)
	if !ok || !found {
		return nil, false
	}
	disabled.Rule = rule.ID
	return disabled, true
}

// checkSource reports a log source that no platform writes, with the nearest.
func (b *builder) checkSource(s profile.Source, at scenario.SourceLabels, of scenario.Profile) {
	if b.channels == nil {
		return
	}
	var products, names []string
	for _, platform := range []effect.Platform{effect.Windows, effect.Linux} {
		for _, written := range b.channels(platform) {
			if s.Matches(written) {
				return
			}
			products = append(products, written.Product)
			if s.Product == profile.Any || s.Product == written.Product {
				names = append(names, written.Service, written.Category)
			}
		}
	}
	if len(names) == 0 {
		b.Errorf(diagnostic.Location{Subject: at.Product.Range, Context: of.Range}, "Unknown log source", "No asset writes logs of the product %q. %s",
			s.Product, diagnostic.Suggest(s.Product, suggestionNames(products)))
		return
	}
	b.Errorf(diagnostic.Location{Subject: at.Name.Range, Context: of.Range}, "Unknown log source", "No asset writes a log of that product with the service or category %q. %s",
		s.Name, diagnostic.Suggest(s.Name, suggestionNames(names)))
}

// suggestionNames returns names in the form that a suggestion takes: sorted, each
// once, none empty.
func suggestionNames(names []string) []string {
	names = append(names, profile.Any)
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == "" })
}
