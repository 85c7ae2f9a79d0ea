package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// decodeHeader reads the scenario block. Of several, the first one counts.
func (d *decoder) decodeHeader(block *hcl.Block, out *Scenario) {
	if out.Name.Text != "" {
		d.errorf(atBlock(block), "Duplicate scenario", "This is scenario %q already, by the block at %s. Put another scenario in a file of its own.",
			out.Name.Text, fileLine(out.Name.Range))
		return
	}
	out.Name, out.File = d.declareName("scenario", block, 0), block.DefRange.Filename
	content := d.decodeBlock(block, []string{"title", "attack", "references"})
	out.Title = out.Name.Text
	if title, ok := d.stringValue(content.Attributes["title"]); ok {
		out.Title = title
	}
	out.References, _ = d.stringsValue(content.Attributes["references"])
	out.Attack = d.decodeAttackVersion(content.Attributes["attack"])
}

func (d *decoder) decodeAttackVersion(attr *hcl.Attribute) string {
	version, ok := d.stringValue(attr)
	switch {
	case !ok:
		return attack.Version
	case version != attack.Version:
		d.warnf(atValue(attr), "Other ATT&CK version",
			"The scenario was written for ATT&CK %s; ids are checked against %s. Check that they still mean the same, then set attack = %q.",
			version, attack.Version, attack.Version)
	}
	return version
}
