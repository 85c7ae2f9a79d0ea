package rulevalue

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"sync"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/scalar"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/wildcard"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// modifier changes one value. [Modifiers appendix]
type modifier struct {
	accepts []Kind
	first   bool // nothing may stand before it
	apply   func(v *Value, placeholders map[string][]string) error
}

// list modifiers say how the values of an item are joined, not what they are.
const (
	ModAll = "all"
	ModNeq = "neq"
)

// Modifiers are those that change a value, by name. [ModAll] and [ModNeq] are not
// among them.
var Modifiers = sync.OnceValue(func() map[string]modifier {
	text := []Kind{Text}
	number := []Kind{Number}
	ends := []Kind{Text, Number, Bool, Regex, FieldRef}
	numeric := []Kind{Number, Time}
	m := map[string]modifier{
		"contains":   {accepts: ends, apply: affix(false, false)},
		"startswith": {accepts: ends, apply: affix(true, false)},
		"endswith":   {accepts: ends, apply: affix(false, true)},
		"cased":      {accepts: text, apply: func(v *Value, _ map[string][]string) error { v.Cased = true; return nil }},
		"exists":     {accepts: []Kind{Bool}, first: true, apply: toExists},
		"re":         {accepts: text, first: true, apply: toRegex},
		"cidr":       {accepts: text, first: true, apply: toNetwork},
		"windash":    {accepts: text, apply: onPatterns(func(p wildcard.Pattern) ([]wildcard.Pattern, error) { return []wildcard.Pattern{p.VaryDashes()}, nil })},
		"base64": {accepts: text, apply: onPatterns(func(p wildcard.Pattern) ([]wildcard.Pattern, error) {
			return wildcard.EncodeEach(p, wildcard.Base64Text)
		})},
		"base64offset": {accepts: text, apply: onPatterns(func(p wildcard.Pattern) ([]wildcard.Pattern, error) {
			return wildcard.EncodeEach(p, wildcard.Base64Offsets)
		})},
		"utf16be":  {accepts: text, apply: wide(binary.BigEndian, "")},
		"utf16":    {accepts: text, apply: wide(binary.LittleEndian, "\xff\xfe")},
		"wide":     {accepts: text, apply: wide(binary.LittleEndian, "")},
		"utf16le":  {accepts: text, apply: wide(binary.LittleEndian, "")},
		"gt":       {accepts: numeric, apply: compareWith(Greater)},
		"gte":      {accepts: numeric, apply: compareWith(GreaterEqual)},
		"lt":       {accepts: numeric, apply: compareWith(Less)},
		"lte":      {accepts: numeric, apply: compareWith(LessEqual)},
		"fieldref": {accepts: text, apply: toFieldRef},
		"expand":   {accepts: []Kind{Text, Regex}, apply: expand},
	}
	for flag, names := range map[string][]string{"i": {"i", "ignorecase"}, "m": {"m", "multiline"}, "s": {"s", "dotall"}} {
		for _, name := range names {
			m[name] = modifier{accepts: []Kind{Regex}, apply: regexFlag(flag)}
		}
	}
	for part := scalar.Minute; part <= scalar.Year; part++ {
		m[part.String()] = modifier{accepts: number, apply: toTimePart(part)}
	}
	return m
})

// Modify runs the value of a node through the modifiers in the written order;
// placeholders are the values of %name% for "expand". The error is nil unless a
// modifier is unknown to the kind of value, stands in the wrong place, or the value
// is not what it takes: then it says so, with the place of the node.
func Modify(n *yamldoc.Node, mods []string, placeholders map[string][]string) (Value, *yamldoc.Error) {
	v := newValue(n, len(mods) > 0 && mods[0] == "re")
	for i, name := range mods {
		if name == ModAll || name == ModNeq {
			if v.Kind == Exists {
				return v, modifierError(n, name, "\"exists\" cannot be combined with other modifiers")
			}
			continue
		}
		m := Modifiers()[name]
		if m.first && i > 0 {
			return v, modifierError(n, name, fmt.Sprintf("%q must be the first modifier", name))
		}
		if !acceptsKind(m.accepts, v.Kind) {
			return v, modifierError(n, name, fmt.Sprintf("%q requires %s, not %s", name, kindList(m.accepts), v.Kind))
		}
		if err := m.apply(&v, placeholders); err != nil {
			return v, modifierError(n, name, err.Error())
		}
	}
	return v, finishRegex(&v, n)
}

func modifierError(n *yamldoc.Node, name, detail string) *yamldoc.Error {
	section := "Modifiers"
	switch name {
	case "re":
		section = "Modifiers: Regular Expression"
	case "cidr":
		section = "Modifiers: IP"
	case "exists":
		section = "Rules: Field Existence"
	case "expand":
		section = "Rules: Placeholders"
	}
	return &yamldoc.Error{Line: n.Line, Col: n.Col, Summary: "Modifier cannot be applied", Detail: detail, Section: section}
}

func acceptsKind(kinds []Kind, k Kind) bool {
	for _, t := range kinds {
		if t == k {
			return true
		}
	}
	return false
}

func kindList(kinds []Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.String()
	}
	return joinOr(names)
}

// joinOr lists alternatives as a sentence does: "a, b or c".
func joinOr(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func onPatterns(f func(wildcard.Pattern) ([]wildcard.Pattern, error)) func(*Value, map[string][]string) error {
	return func(v *Value, _ map[string][]string) error {
		var out []wildcard.Pattern
		for _, p := range v.Alts {
			alts, err := f(p)
			if err != nil {
				return err
			}
			if out = append(out, alts...); len(out) > wildcard.MaxVariants {
				return wildcard.ErrTooMany
			}
		}
		v.Alts = out
		return nil
	}
}

func wide(order binary.AppendByteOrder, bom string) func(*Value, map[string][]string) error {
	return onPatterns(func(p wildcard.Pattern) ([]wildcard.Pattern, error) { return wildcard.Widen(p, order, bom) })
}

// affix is contains (neither end pinned), startswith and endswith.
func affix(start, end bool) func(*Value, map[string][]string) error {
	return func(v *Value, _ map[string][]string) error {
		if v.Kind == Regex || v.Kind == FieldRef {
			v.PinStart, v.PinEnd = start, end
			return nil
		}
		if v.Kind != Text {
			v.Kind, v.Converted = Text, true
		}
		v.Anchored = start || end
		for i, p := range v.Alts {
			if !start {
				p = p.OpenStart()
			}
			if !end {
				p = p.OpenEnd()
			}
			v.Alts[i] = p
		}
		return nil
	}
}

func toExists(v *Value, _ map[string][]string) error {
	v.Kind = Exists
	return nil
}

func toNetwork(v *Value, _ map[string][]string) error {
	s := v.at.Text
	v.Kind = CIDR
	if !strings.Contains(s, "/") {
		addr, err := netip.ParseAddr(s)
		if err != nil || addr.Zone() != "" {
			return fmt.Errorf("%q is not an IP address or network", s)
		}
		v.Net = netip.PrefixFrom(addr, addr.BitLen())
		return nil
	}
	net, err := netip.ParsePrefix(s)
	if err != nil {
		return fmt.Errorf("%q is not an IP network", s)
	}
	if net != net.Masked() {
		return fmt.Errorf("%s has host bits set; the network is %s", s, net.Masked())
	}
	v.Net = net
	return nil
}

func compareWith(op CompareOp) func(*Value, map[string][]string) error {
	return func(v *Value, _ map[string][]string) error {
		if v.Kind == Number {
			v.Kind = Compare
		}
		v.Op = op
		return nil
	}
}

func toTimePart(part scalar.TimePart) func(*Value, map[string][]string) error {
	return func(v *Value, _ map[string][]string) error {
		v.Kind, v.Part = Time, part
		return nil
	}
}

func toFieldRef(v *Value, _ map[string][]string) error {
	if v.Alts[0].HasWildcard() {
		return fmt.Errorf("a field name must not contain wildcards")
	}
	if v.Field = v.Alts[0].Plain(); v.Field == "" {
		return fmt.Errorf("a field name is required")
	}
	v.Kind, v.PinStart, v.PinEnd = FieldRef, true, true
	return nil
}
