package sigma

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/spelling"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// detection is the "detection" part of a rule, or the "filter" part of a
// filter. [Rules: Detection]
type detection struct {
	selections []*selection
	conditions []*yamldoc.Node
	trees      []*condition.Tree // beside conditions
}

// selection is a search identifier: a list of maps (or), each a list of items
// (and). Keywords are items without a field.
type selection struct {
	name string
	at   *yamldoc.Node
	maps [][]*item
}

func (s *selection) items() []*item { return slices.Concat(s.maps...) }

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

func (d *detection) selectionNamed(name string) *selection {
	for _, s := range d.selections {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (d *detection) conditionText() string {
	texts := make([]string, len(d.conditions))
	for i, c := range d.conditions {
		texts[i] = strings.Join(strings.Fields(c.Text), " ")
	}
	if len(texts) == 1 {
		return texts[0]
	}
	return "(" + strings.Join(texts, ") or (") + ")"
}

// readDetection reads selections and conditions; skip names the keys that are
// neither.
func (p *parser) readDetection(n *yamldoc.Node, skip ...string) *detection {
	d := &detection{}
	for i, k := range n.Keys {
		v := n.Items[i]
		switch {
		case k.Text == "condition":
			d.conditions = p.readConditions(k, v)
		case slices.Contains(skip, k.Text):
		default:
			if sel := p.readSelection(k, v); sel != nil {
				d.selections = append(d.selections, sel)
			}
		}
	}
	if n.Get("condition") == nil {
		p.errorf(n, "Rules: Condition", "Condition missing", "add \"condition\" to say which selections must match")
	}
	if len(d.selections) == 0 && len(p.reportedSelections) == 0 {
		p.errorf(n, "Rules: Detection", "Selection missing", "add at least one selection beside the condition")
	}
	for _, c := range d.conditions {
		tree, err := condition.Parse(c)
		if err != nil {
			p.addNodeError(err)
			continue
		}
		d.trees = append(d.trees, tree)
	}
	return d
}

func (p *parser) readConditions(k, v *yamldoc.Node) []*yamldoc.Node {
	switch {
	case v.Kind == yamldoc.Scalar && !v.IsNull():
		return []*yamldoc.Node{v}
	case v.Kind == yamldoc.List && len(v.Items) > 0:
		for _, c := range v.Items {
			if c.Kind != yamldoc.Scalar || c.IsNull() {
				p.errorf(c, "Rules: Condition", "String expected", "a condition must be a string or a list of strings")
				return nil
			}
		}
		return v.Items
	}
	p.errorf(k, "Rules: Condition", "String expected", "a condition must be a string or a list of strings, and must not be empty")
	return nil
}

func (p *parser) readSelection(k, v *yamldoc.Node) *selection {
	s := &selection{name: k.Text, at: k}
	if strings.Trim(k.Text, condition.NameChars) != "" {
		p.warnf(k, "Rules: Condition", "Selection cannot be referenced", "%q: a condition can only use names of letters, digits, \"_\" and \"-\"", k.Text)
	}
	p.addMaps(s, v, 0)
	if len(s.maps) == 0 { // it was empty or every part of it was reported
		p.reportedSelections[s.name] = true
		return nil
	}
	return s
}

func (p *parser) addMaps(s *selection, v *yamldoc.Node, depth int) {
	switch {
	case v.Kind == yamldoc.Map:
		if len(v.Keys) == 0 {
			p.errorf(s.at, "Rules: Search-Identifier", "Empty selection", "%q must not be empty", s.name)
			return
		}
		var items []*item
		for i, k := range v.Keys {
			if it := p.readItem(k, v.Items[i]); it != nil {
				items = append(items, it)
			}
		}
		if len(items) > 0 {
			s.maps = append(s.maps, items)
		}
	case v.Kind == yamldoc.Scalar:
		p.addKeywords(s, v, []*yamldoc.Node{v})
	case len(v.Items) == 0:
		p.errorf(s.at, "Rules: Search-Identifier", "Empty selection", "%q must not be empty", s.name)
	case !slices.ContainsFunc(v.Items, func(n *yamldoc.Node) bool { return n.Kind != yamldoc.Scalar }):
		p.addKeywords(s, v, v.Items)
	case depth > 3:
		p.errorf(v, "Rules: Lists", "Nested list", "a list in a selection must contain mappings, strings or numbers")
	default:
		for _, e := range v.Items {
			p.addMaps(s, e, depth+1)
		}
	}
}

func (p *parser) addKeywords(s *selection, at *yamldoc.Node, values []*yamldoc.Node) {
	it := &item{at: at, raw: values}
	if p.readValues(it) {
		s.maps = append(s.maps, []*item{it})
	}
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
