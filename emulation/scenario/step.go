package scenario

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

func (d *decoder) step(block *hcl.Block, in *Scenario) Step {
	before := d.trouble
	out := Step{Name: label(block, 1), Range: block.DefRange}
	does, names, known := d.words.behaviour(block.Labels[0])
	if !known {
		d.wrongf(atLabel(block, 0), "Unknown behaviour", "There is no behaviour %q. %s", block.Labels[0], Suggest(block.Labels[0], names))
	}
	out.Behaviour = does

	content := d.content(block, []string{"by", "on", "at", "after", "technique"},
		hcl.BlockHeaderSchema{Type: "with"}, expectHeader)
	by := content.Attributes["by"]
	if does.Reported() {
		by = d.need(block, content, "by", "name the actor, such as by = actor.emissary_panda")
	}
	out.By, _ = d.reference(by, actorType)
	on := d.need(block, content, "on", "name the asset, such as on = asset.mail")
	out.On, _ = d.reference(on, assetType)
	d.canBeOn(on, out.On, "behaviour", does.Name, does.Assets, in)
	out.At = d.moment(content.Attributes["at"])
	out.After = d.references(content.Attributes["after"], stepType)
	out.Technique = d.technique(content.Attributes["technique"], does)
	out.Arguments = d.arguments(block, content.Blocks.OfType("with"), does)
	out.Expect = d.expects(content.Blocks.OfType("expect"))
	out.Sound = d.trouble == before
	return out
}

func (d *decoder) moment(attr *hcl.Attribute) Moment {
	text, ok := d.text(attr)
	if !ok {
		return Moment{}
	}
	at, err := ParseDwell(text)
	if err != nil {
		d.wrongf(atValue(attr), "Invalid time", "%s.", err)
		return Moment{}
	}
	return Moment{Time: at, Given: true, Range: attr.Expr.Range()}
}

// canBeOn checks that a behaviour or baseline, if it is known, can be performed
// on the asset, if that is known.
func (d *decoder) canBeOn(attr *hcl.Attribute, on Word, noun, name string, kinds []string, in *Scenario) {
	asset, ok := in.Asset(on.Text)
	if !ok || asset.Kind.Name == "" || name == "" || slices.Contains(kinds, asset.Kind.Name) {
		return
	}
	var fitting []string
	for _, other := range in.Assets {
		if slices.Contains(kinds, other.Kind.Name) {
			fitting = append(fitting, "asset."+other.Name.Text)
		}
	}
	hint := "The scenario has none."
	if len(fitting) > 0 {
		hint = "The scenario has " + strings.Join(fitting, ", ") + "."
	}
	d.wrongf(atValue(attr), "Wrong kind of asset", "The %s %s cannot be performed on asset.%s, which is of kind %s (%s): want %s. %s",
		noun, name, on.Text, asset.Kind.Name, where(asset.Range), strings.Join(kinds, " or "), hint)
}
