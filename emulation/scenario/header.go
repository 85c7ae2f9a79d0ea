package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// header reads the scenario block. Of several, the first one counts.
func (d *decoder) header(block *hcl.Block, out *Scenario) {
	if out.Name.Text != "" {
		d.wrongf(atBlock(block), "Duplicate scenario", "This is scenario %q already, by the block at %s. Put another scenario in a file of its own.",
			out.Name.Text, where(out.Name.Range))
		return
	}
	out.Name, out.File = d.named("scenario", block, 0), block.DefRange.Filename
	content := d.content(block, []string{"title", "attack", "references"})
	out.Title = out.Name.Text
	if title, ok := d.text(content.Attributes["title"]); ok {
		out.Title = title
	}
	out.References, _ = d.texts(content.Attributes["references"])
	out.Attack = d.attackVersion(content.Attributes["attack"])
}

func (d *decoder) attackVersion(attr *hcl.Attribute) string {
	version, ok := d.text(attr)
	switch {
	case !ok:
		return attack.Version
	case version != attack.Version:
		d.dubiousf(atValue(attr), "Other ATT&CK version",
			"The scenario was written for ATT&CK %s; ids are checked against %s. See that they still mean the same, then write %q.",
			version, attack.Version, attack.Version)
	}
	return version
}
