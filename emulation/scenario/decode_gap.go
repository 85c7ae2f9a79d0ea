package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var gapBlock = &schema.Block{
	Name:   "gap",
	Labels: []schema.Label{{Name: "name", Doc: "the name by which reports refer to it"}},
	Doc: "Names what was reported but is not performed, and says why. Nothing is done for it: `ringer validate` and `ringer run` report it as skipped, with its reason. " +
		"It never counts as met, and by itself it fails nothing, not even with `--strict`. `ringer import` writes one for each step that no behaviour stands for.",
	Example: `
gap "memory_dump" {
  title     = "Memory of the logon service dumped"
  technique = "T1003.001"
  because   = "no behaviour of ringer reads credentials"
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What was done, in one line; reports show it."},
		{Name: "technique", Type: schema.String, Default: "none", Doc: "The id of the ATT&CK technique, of version " + string(attack.V18) + " or " + string(attack.V19) +
			". A revoked one is taken, too, as it is what was reported."},
		{Name: "because", Type: schema.String, Required: true, Such: `because = "no behaviour reads credentials"`, Doc: "What is missing, for the report's reader."},
	},
}

func (d *decoder) decodeGap(block *hcl.Block) Gap {
	out := Gap{Name: d.declareName("gap", block, 0), Range: block.DefRange}
	c := d.decodeBlock(block, gapBlock)
	out.Title = oneLine(valueOr(c, "title", out.Name.Text))
	out.Because = oneLine(valueOr(c, "because", ""))
	if attr := c.Attributes["because"]; attr != nil && out.Because == "" && c.values["because"] != nil {
		d.Errorf(diagnostic.AtValue(attr), "Empty text", `"because" must not be empty: say what is missing.`)
	}
	if id, ok := value[string](c, "technique"); ok {
		out.Technique = id
		if _, known := attack.Known(id); !known {
			d.Errorf(diagnostic.AtValue(c.Attributes["technique"]), "Unknown technique", "Neither ATT&CK %s nor %s has a technique %q. Remove it, or give its id, such as T1003.001.",
				attack.V18, attack.V19, id)
		}
	}
	return out
}
