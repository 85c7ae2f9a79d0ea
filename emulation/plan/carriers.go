package plan

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// Carriers is what a run's telemetry is judged under: the profiles of carriers,
// and the human errors tried on each.
type Carriers struct {
	Profiles []profile.Profile
	Faults   []profile.Fault
}

// BuildCarriers resolves profiles and faults: every log source is one that a
// persona writes, every rule one that rules hold. As Build, it checks what is
// sound of the rest too, and gives nothing where there is an error.
func BuildCarriers(c scenario.Carriers, rules Catalog, channels Channels) (Carriers, hcl.Diagnostics) {
	b := builder{rules: rules, channels: channels}
	var out Carriers
	for _, one := range c.Profiles {
		for i, source := range one.Profile.Sources {
			b.source(source, one.Sources[i], one)
		}
		out.Profiles = append(out.Profiles, one.Profile)
	}
	for _, one := range c.Faults {
		if one.Rule.Text != "" {
			b.rule(scenario.Expect{Rule: one.Rule, Range: one.Range})
		}
		out.Faults = append(out.Faults, one.Fault)
	}
	if !c.Sound || b.problems.HasErrors() {
		return Carriers{}, b.problems
	}
	return out, b.problems
}

// With puts more profiles and faults beside these; one of the same name takes
// the other's place.
func (c Carriers) With(more Carriers) Carriers {
	return Carriers{
		Profiles: replaced(c.Profiles, more.Profiles, func(p profile.Profile) string { return p.Name }),
		Faults:   replaced(c.Faults, more.Faults, func(f profile.Fault) string { return f.Named().Name }),
	}
}

func replaced[T any](all, more []T, name func(T) string) []T {
	out := slices.Clone(all)
	for _, one := range more {
		i := slices.IndexFunc(out, func(other T) bool { return name(other) == name(one) })
		if i < 0 {
			out = append(out, one)
			continue
		}
		out[i] = one
	}
	return out
}

// source finds a log source that no persona writes, and names the nearest.
func (b *builder) source(s profile.Source, at scenario.SourcePlace, of scenario.Profile) {
	if b.channels == nil {
		return
	}
	var products, names []string
	for _, persona := range []effect.Persona{effect.Windows, effect.Linux} {
		for _, written := range b.channels(persona) {
			if s.Fits(written) {
				return
			}
			products = append(products, written.Product)
			if s.Product == profile.Any || s.Product == written.Product {
				names = append(names, written.Service, written.Category)
			}
		}
	}
	if len(names) == 0 {
		b.wrongf(at.Product.Range, of.Range, "Unknown log source", "No asset writes logs of the product %q. %s",
			s.Product, scenario.Suggest(s.Product, known(products)))
		return
	}
	b.wrongf(at.Name.Range, of.Range, "Unknown log source", "No asset writes a log of that product with the service or category %q. %s",
		s.Name, scenario.Suggest(s.Name, known(names)))
}

// known is names as a suggestion needs them.
func known(names []string) []string {
	names = append(names, profile.Any)
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return name == "" })
}
