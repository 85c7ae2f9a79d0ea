package sigma

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/spelling"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// item is one "field|modifiers: values" line.
type item struct {
	field  string
	mods   []string
	at     *yamldoc.Node
	raw    []*yamldoc.Node
	values []rulevalue.Value
	all    bool
	neq    bool
	expand bool // has to be read again when the placeholders are known
}

// String is the key as the rule has it.
func (it *item) String() string {
	if it.field == "" && len(it.mods) == 0 {
		return "keywords"
	}
	return strings.Join(slices.Concat([]string{it.field}, it.mods), "|")
}

func (p *parser) readItem(k, v *yamldoc.Node) *item {
	parts := strings.Split(k.Text, "|")
	it := &item{field: parts[0], mods: parts[1:], at: k}
	for _, m := range it.mods {
		if _, known := rulevalue.Modifiers()[m]; !known && m != rulevalue.ModAll && m != rulevalue.ModNeq {
			p.errorf(k, "Modifiers", "Unknown modifier", "%s", unknownModifier(m))
			return nil
		}
	}
	it.all = slices.Contains(it.mods, rulevalue.ModAll)
	it.neq = slices.Contains(it.mods, rulevalue.ModNeq)
	it.expand = slices.Contains(it.mods, "expand")
	if it.field == "" && (slices.Contains(it.mods, "exists") || slices.Contains(it.mods, "fieldref")) {
		p.errorf(k, "Rules: Field Existence", "Field missing", "\"exists\" and \"fieldref\" must follow a field name")
		return nil
	}
	switch v.Kind {
	case yamldoc.Map:
		p.errorf(v, "Rules: Maps", "Mapping as a value", "the value of %q must be a string, a number or a list of them", k.Text)
		return nil
	case yamldoc.Scalar:
		it.raw = []*yamldoc.Node{v}
	case yamldoc.List:
		it.raw = v.Items
		if len(v.Items) == 0 {
			p.warnf(k, "Rules: Maps", "Empty list", "%q has no values and is read as null", k.Text)
			it.raw = []*yamldoc.Node{{Tag: "", Line: v.Line, Col: v.Col}}
		}
		for _, e := range v.Items {
			if e.Kind != yamldoc.Scalar {
				p.errorf(e, "Rules: Maps", "Nested value", "the values of %q must be strings or numbers", k.Text)
				return nil
			}
		}
	}
	if !p.readValues(it) {
		return nil
	}
	p.lintItem(it, v)
	return it
}

// readValues applies the modifiers without placeholders, which tells every
// fault but a missing placeholder.
func (p *parser) readValues(it *item) bool {
	ok := true
	it.values = make([]rulevalue.Value, 0, len(it.raw))
	for _, n := range it.raw {
		v, err := rulevalue.Modify(n, it.mods, nil)
		if err == nil && it.field == "" && v.Kind == rulevalue.Null {
			err = &yamldoc.Error{Line: n.Line, Col: n.Col, Summary: "Null as a keyword",
				Detail: "null means that a field is absent, so a field name is required", Section: "Rules: Special Field Values"}
		}
		if err != nil {
			p.addNodeError(err)
			ok = false
			continue
		}
		it.values = append(it.values, v)
	}
	return ok
}

func unknownModifier(name string) string {
	detail := fmt.Sprintf("%q is not a modifier", name)
	if lower := strings.ToLower(name); lower != name {
		if _, ok := rulevalue.Modifiers()[lower]; ok || lower == rulevalue.ModAll || lower == rulevalue.ModNeq {
			return detail + "; modifiers must be in lower case"
		}
	}
	best := ""
	for known := range rulevalue.Modifiers() {
		if spelling.Similar(name, known) && (best == "" || cmp.Or(cmp.Compare(spelling.EditDistance(name, known), spelling.EditDistance(name, best)), cmp.Compare(known, best)) < 0) {
			best = known
		}
	}
	if best != "" {
		detail += fmt.Sprintf("; did you mean %q?", best)
	}
	return detail
}

func (p *parser) addKeywords(s *selection, at *yamldoc.Node, values []*yamldoc.Node) {
	it := &item{at: at, raw: values}
	if p.readValues(it) {
		s.maps = append(s.maps, []*item{it})
	}
}
