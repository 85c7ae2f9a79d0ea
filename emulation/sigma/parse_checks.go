package sigma

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/rulevalue"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/spelling"
	"github.com/ringer-lab/ringer/emulation/sigma/internal/yamldoc"
)

// resolveNames checks what the conditions name against the selections.
func (p *parser) resolveNames(d *detection) {
	used := map[string]bool{}
	for i, tree := range d.trees {
		at := d.conditions[min(i, len(d.conditions)-1)]
		p.checkNames(d, tree, at, used)
		if len(d.conditions) > 0 && !d.resolves(tree) && allKnown(d, tree) {
			p.errorf(at, "Rules: Condition", "Empty condition", "none of its patterns matches a selection")
		}
	}
	if len(d.trees) < len(d.conditions) {
		return // a broken condition uses nothing we know of
	}
	for _, s := range d.selections {
		if !used[s.name] {
			p.warnf(s.at, "Rules: Condition", "Unused selection", "%q is not used in any condition", s.name)
		}
	}
}

func allKnown(d *detection, c *condition.Tree) bool {
	if c.Op == condition.Name && d.selectionNamed(c.Name) == nil {
		return false
	}
	for _, k := range c.Children {
		if !allKnown(d, k) {
			return false
		}
	}
	return true
}

func (p *parser) checkNames(d *detection, c *condition.Tree, at *yamldoc.Node, used map[string]bool) {
	switch c.Op {
	case condition.Name:
		used[c.Name] = true
		if d.selectionNamed(c.Name) == nil && !p.reportedSelections[c.Name] {
			p.errorf(at, "Rules: Condition", "Unknown selection", "%s", unknownSelection(d, c.Name))
		}
	case condition.Any, condition.All:
		matching := d.matchingSelections(c.Name)
		for _, s := range matching {
			used[s.name] = true
		}
		if len(matching) == 0 {
			p.warnf(at, "Rules: Condition", "Pattern matches no selection", "%q matches no selection and is ignored", c.Name)
		}
	}
	for _, k := range c.Children {
		p.checkNames(d, k, at, used)
	}
}

func unknownSelection(d *detection, name string) string {
	detail := fmt.Sprintf("%q is not a selection", name)
	for _, s := range d.selections {
		if spelling.Similar(name, s.name) {
			return detail + fmt.Sprintf("; did you mean %q?", s.name)
		}
	}
	return detail
}

// lintItem warns of what is allowed in an item but rarely meant.
func (p *parser) lintItem(it *item, v *yamldoc.Node) {
	if it.all && len(it.raw) < 2 {
		p.warnf(it.at, "Modifiers: all", "\"all\" on a single value", "modifier \"all\" has no effect on the single value of %q", it)
	}
	for i, val := range it.values {
		n := it.raw[i]
		switch {
		case val.Kind == rulevalue.Null && v.Kind == yamldoc.List:
			p.warnf(n, "Rules: Special Field Values", "Null in a list", "null also matches events without %q", it.field)
		case val.Converted:
			p.warnf(n, "Modifiers: Generic Modifiers", "String modifier on a number", "%s is matched as a string", n.Text)
		case val.Kind == rulevalue.Text && escapedStar(n.Text):
			p.warnf(n, "Rules: Escape Character", "Escaped wildcard in a path", "\"\\*\" matches a literal star; write \"\\\\*\" for a backslash followed by a wildcard")
		}
	}
}

// escapedStar finds `\*\` after a letter: a path whose author meant a wildcard.
func escapedStar(s string) bool {
	for i := 1; i+2 < len(s); i++ {
		if s[i] == '\\' && s[i+1] == '*' && s[i+2] == '\\' && s[i-1] != '\\' {
			return true
		}
	}
	return false
}
