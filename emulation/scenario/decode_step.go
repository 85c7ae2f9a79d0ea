package scenario

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
)

func (d *decoder) decodeStep(block *hcl.Block, in *Scenario) Step {
	before := d.ErrorCount()
	out := Step{Name: label(block, 1), Range: block.DefRange}
	does, names, known := d.vocabulary.behaviour(block.Labels[0])
	if !known {
		d.Errorf(diagnostic.AtLabel(block, 0), "Unknown behaviour", "There is no behaviour %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], names))
	}
	out.Behaviour = does

	content := d.decodeBlock(block, []string{"by", "on", "at", "after", "technique"},
		hcl.BlockHeaderSchema{Type: "with"}, expectHeader)
	by := content.Attributes["by"]
	if does.Reported() {
		by = d.requireAttribute(block, content, "by", "name the actor, such as by = actor.emissary_panda")
	}
	out.By, _ = d.decodeReference(by, actorType)
	on := d.requireAttribute(block, content, "on", "name the asset, such as on = asset.mail")
	out.On, _ = d.decodeReference(on, assetType)
	d.checkAssetKind(on, out.On, "behaviour", does.Name, does.Assets, in)
	out.At = d.decodeOffset(content.Attributes["at"])
	out.After = d.decodeReferences(content.Attributes["after"], stepType)
	out.Technique = d.decodeTechnique(content.Attributes["technique"], does)
	out.Arguments = d.decodeArguments(block, content.Blocks.OfType("with"), does)
	out.Expect = d.decodeExpects(content.Blocks.OfType("expect"))
	out.Valid = d.ErrorCount() == before
	return out
}

func (d *decoder) decodeOffset(attr *hcl.Attribute) Offset {
	text, ok := d.stringValue(attr)
	if !ok {
		return Offset{}
	}
	at, err := ParseOffset(text)
	if err != nil {
		d.Errorf(diagnostic.AtValue(attr), "Invalid time", "%s.", err)
		return Offset{}
	}
	return Offset{Time: at, Given: true, Range: attr.Expr.Range()}
}

// checkAssetKind checks that a behaviour or baseline, if it is known, can be performed
// on the asset, if that is known.
func (d *decoder) checkAssetKind(attr *hcl.Attribute, on Identifier, noun, name string, kinds []string, in *Scenario) {
	asset, ok := in.Asset(on.Text)
	if !ok || asset.Kind.Name == "" || name == "" || slices.Contains(kinds, asset.Kind.Name) {
		return
	}
	var suitable []string
	for _, other := range in.Assets {
		if slices.Contains(kinds, other.Kind.Name) {
			suitable = append(suitable, "asset."+other.Name.Text)
		}
	}
	hint := "The scenario has no such asset."
	if len(suitable) > 0 {
		hint = "The scenario has " + strings.Join(suitable, ", ") + "."
	}
	d.Errorf(diagnostic.AtValue(attr), "Wrong kind of asset", "The %s %s cannot be performed on asset.%s, which is of kind %s (%s); expected %s. %s",
		noun, name, on.Text, asset.Kind.Name, diagnostic.FileLine(asset.Range), strings.Join(kinds, " or "), hint)
}

func (d *decoder) decodeBaseline(block *hcl.Block, in *Scenario) Baseline {
	before := d.ErrorCount()
	out := Baseline{Name: label(block, 1), Range: block.DefRange}
	kind, names, known := d.vocabulary.baseline(block.Labels[0])
	if !known {
		d.Errorf(diagnostic.AtLabel(block, 0), "Unknown baseline", "There is no baseline %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], names))
	}
	out.Kind = kind
	content := d.decodeBlock(block, []string{"on"}, expectHeader)
	on := d.requireAttribute(block, content, "on", "name the asset, such as on = asset.mail")
	out.On, _ = d.decodeReference(on, assetType)
	d.checkAssetKind(on, out.On, "baseline", kind.Name, kind.Assets, in)
	out.Expect = d.decodeExpects(content.Blocks)
	out.Valid = d.ErrorCount() == before
	return out
}
