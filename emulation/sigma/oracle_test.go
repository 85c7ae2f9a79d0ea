package sigma

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// oracle decides what a rule means by walking the parsed rule value by value,
// with nothing prepared and nothing shared. It is slow on purpose: what it and
// the matcher have in common is the parser alone.
type oracle struct {
	placeholders map[string][]string
	filters      []*Rule
}

func newOracle(rules []*Rule) oracle {
	var o oracle
	for _, r := range rules {
		if r.Kind == Filter {
			o.filters = append(o.filters, r)
		}
	}
	return o
}

// match is what Set.Match has to append.
func (o oracle) match(rules []*Rule, ev *logevent.Event) []*Rule {
	var out []*Rule
	for _, r := range rules {
		if r.Kind == Detection && o.fits(r, ev) {
			out = append(out, r)
		}
	}
	return out
}

func (o oracle) fits(r *Rule, ev *logevent.Event) bool {
	applies := ev.LogSources == nil
	for _, s := range ev.LogSources {
		applies = applies || o.within(r.LogSource, s)
	}
	if !applies || !o.detection(r.detection, ev) {
		return false
	}
	for _, f := range o.filters {
		named := f.filter.any
		for _, ref := range f.filter.rules {
			named = named || ref == r.Name && ref != "" || strings.EqualFold(ref, r.ID) && ref != ""
		}
		if named && o.within(f.LogSource, r.LogSource) && !o.detection(&f.filter.detection, ev) {
			return false
		}
	}
	return true
}

func (oracle) within(few, many logevent.LogSource) bool {
	same := func(a, b string) bool { return a == "" || a == b }
	return same(few.Category, many.Category) && same(few.Product, many.Product) && same(few.Service, many.Service)
}

func (o oracle) detection(d *detection, ev *logevent.Event) bool {
	for _, tree := range d.trees {
		if held, said := o.cond(d, tree, ev); said && held {
			return true
		}
	}
	return false
}

// cond says nothing for a pattern that fits no selection.
func (o oracle) cond(d *detection, c *condition.Tree, ev *logevent.Event) (held, said bool) {
	var answers []bool
	switch c.Op {
	case condition.Name:
		return o.selection(d.selectionNamed(c.Name), ev), true
	case condition.Any, condition.All:
		for _, s := range d.selections {
			if o.covers(c.Name, s.name) {
				answers = append(answers, o.selection(s, ev))
			}
		}
	default:
		for _, k := range c.Children {
			if held, said := o.cond(d, k, ev); said {
				answers = append(answers, held)
			}
		}
	}
	if len(answers) == 0 {
		return false, false
	}
	switch c.Op {
	case condition.Not:
		return !answers[0], true
	case condition.And, condition.All:
		return !slices.Contains(answers, false), true
	default:
		return slices.Contains(answers, true), true
	}
}

func (oracle) covers(pattern, name string) bool {
	if strings.HasPrefix(name, "_") && !strings.HasPrefix(pattern, "_") {
		return false
	}
	if pattern == "them" {
		return true
	}
	return slowGlob(wildcard.Parse(pattern), name)
}

func (o oracle) selection(s *selection, ev *logevent.Event) bool {
	for _, items := range s.maps {
		held := true
		for _, it := range items {
			held = held && o.item(it, ev)
		}
		if held {
			return true
		}
	}
	return false
}

func (o oracle) item(it *item, ev *logevent.Event) bool {
	held := it.all
	for i := range it.values {
		v := it.values[i]
		if it.expand {
			v, _ = rulevalue.Modify(it.raw[i], it.mods, o.placeholders)
		}
		if o.value(it, &v, ev) != it.all {
			held = !it.all
			break
		}
	}
	return held != it.neq
}

func (o oracle) value(it *item, v *rulevalue.Value, ev *logevent.Event) bool {
	seen := oracleField{}
	if it.field == "" {
		seen.present = true
		seen.every(ev.Fields)
		if ev.Raw != "" {
			seen.texts = append(seen.texts, ev.Raw)
		}
	} else {
		seen.find(ev.Fields, it.field)
	}
	switch v.Kind {
	case rulevalue.Null:
		return !seen.present || seen.null
	case rulevalue.Exists:
		return seen.present == v.Want
	case rulevalue.FieldRef:
		other := oracleField{}
		other.find(ev.Fields, v.Field)
		for _, a := range seen.texts {
			for _, b := range other.texts {
				if o.refers(v, slowFold(a), slowFold(b)) {
					return true
				}
			}
		}
		return false
	}
	return slices.ContainsFunc(seen.texts, func(s string) bool { return o.scalar(it, v, s) })
}

func (oracle) refers(v *rulevalue.Value, a, b string) bool {
	for at := 0; at+len(b) <= len(a); at++ {
		if a[at:at+len(b)] == b && (!v.PinStart || at == 0) && (!v.PinEnd || at+len(b) == len(a)) {
			return true
		}
	}
	return false
}

func (oracle) scalar(it *item, v *rulevalue.Value, s string) bool {
	switch v.Kind {
	case rulevalue.Regex:
		return v.Regexp().MatchString(s)
	case rulevalue.CIDR:
		addr, err := netip.ParseAddr(s)
		if bytes := addr.As16(); err == nil && v.Net.Addr().Is4() && addr.Is4In6() {
			addr = netip.AddrFrom4([4]byte(bytes[12:]))
		}
		return err == nil && v.Net.Contains(addr.WithZone(""))
	case rulevalue.Compare:
		return slowCompare(s, v)
	case rulevalue.Time:
		n, ok := v.Part.Of(s)
		return ok && v.Op.Holds(n, v.Number)
	}
	for _, alt := range v.Alts {
		if it.field == "" && !v.Anchored {
			alt = slices.Concat(wildcard.Pattern{{Kind: wildcard.AnyRun}}, alt, wildcard.Pattern{{Kind: wildcard.AnyRun}})
		}
		text := s
		if !v.Cased {
			text, alt = slowFold(s), alt.MapLiterals(slowFold)
		}
		if slowGlob(alt, text) {
			return true
		}
	}
	return false
}
