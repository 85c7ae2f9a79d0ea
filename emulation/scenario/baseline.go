package scenario

import "github.com/hashicorp/hcl/v2"

func (d *decoder) baseline(block *hcl.Block, in *Scenario) Baseline {
	before := d.trouble
	out := Baseline{Name: label(block, 1), Range: block.DefRange}
	kind, names, known := d.words.baseline(block.Labels[0])
	if !known {
		d.wrongf(atLabel(block, 0), "Unknown baseline", "There is no baseline %q. %s", block.Labels[0], Suggest(block.Labels[0], names))
	}
	out.Kind = kind
	content := d.content(block, []string{"on"}, expectHeader)
	on := d.need(block, content, "on", "name the asset, such as on = asset.mail")
	out.On, _ = d.reference(on, assetType)
	d.canBeOn(on, out.On, "baseline", kind.Name, kind.Assets, in)
	out.Expect = d.expects(content.Blocks)
	out.Sound = d.trouble == before
	return out
}
