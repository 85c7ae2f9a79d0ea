package scenario

import "github.com/hashicorp/hcl/v2"

func (d *decoder) decodeBaseline(block *hcl.Block, in *Scenario) Baseline {
	before := d.errorCount
	out := Baseline{Name: label(block, 1), Range: block.DefRange}
	kind, names, known := d.vocabulary.baseline(block.Labels[0])
	if !known {
		d.errorf(atLabel(block, 0), "Unknown baseline", "There is no baseline %q. %s", block.Labels[0], Suggest(block.Labels[0], names))
	}
	out.Kind = kind
	content := d.decodeBlock(block, []string{"on"}, expectHeader)
	on := d.requireAttribute(block, content, "on", "name the asset, such as on = asset.mail")
	out.On, _ = d.decodeReference(on, assetType)
	d.checkAssetKind(on, out.On, "baseline", kind.Name, kind.Assets, in)
	out.Expect = d.decodeExpects(content.Blocks)
	out.Valid = d.errorCount == before
	return out
}
