package sigma

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
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

// resolves is false for a term that matches no selection and is dropped: cond makes
// nothing of it.
func (d *detection) resolves(c *condition.Tree) bool {
	switch c.Op {
	case condition.Name:
		return d.selectionNamed(c.Name) != nil
	case condition.Any, condition.All:
		return len(d.matchingSelections(c.Name)) > 0
	default:
		return slices.ContainsFunc(c.Children, d.resolves)
	}
}

// matchingSelections lists the selections of "1 of pattern". Names that begin with "_" are
// left out unless the pattern begins so itself.
func (d *detection) matchingSelections(pattern string) []*selection {
	hidden := strings.HasPrefix(pattern, "_")
	if pattern == "them" {
		pattern = "*"
	}
	var out []*selection
	for _, s := range d.selections {
		if condition.MatchName(pattern, s.name) && (hidden || !strings.HasPrefix(s.name, "_")) {
			out = append(out, s)
		}
	}
	return out
}

// hasPlaceholders says that what the detection means depends on the placeholders.
func (d *detection) hasPlaceholders() bool {
	for _, s := range d.selections {
		for _, items := range s.maps {
			if slices.ContainsFunc(items, func(it *item) bool { return it.expand }) {
				return true
			}
		}
	}
	return false
}
