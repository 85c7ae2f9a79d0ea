package sigma

import (
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma/internal/condition"
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
