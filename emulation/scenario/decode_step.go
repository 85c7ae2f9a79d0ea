package scenario

import (
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var stepBlock = &schema.Block{
	Name: "step",
	Labels: []schema.Label{
		{Name: "behaviour", Doc: "what is done: one of `ringer list behaviours`"},
		{Name: "name", Doc: "the name by which reports and other steps refer to it; no baseline may have it too"},
	},
	Doc: "Performs one behaviour on one asset, and says what the rules must make of it. " +
		"After a step ringer checks on the asset that the behaviour had its effect. Where it had none, the verdict is \"no effect\", whatever the rules did.",
	Example: `
step "owa_web_shell_drop" "page" {
  by = actor.emissary_panda
  on = asset.mail
  at = "1d"

  with {
    name = "errorEE.aspx"
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
  }
}

step "owa_web_shell_drop" "second_page" {
  by        = actor.emissary_panda
  on        = asset.mail
  after     = [step.page]
  technique = "T1505.003"

  with {
    name = "logoff.aspx"
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "by", Type: schema.Reference, To: "actor", Such: "by = actor.emissary_panda",
			Doc: "Who does it. Required, except for the few behaviours that were not reported of anybody, such as `reenact`. It can be any actor, also one of whom the behaviour was not reported."},
		{Name: "on", Type: schema.Reference, To: "asset", Required: true, Such: "on = asset.mail", Doc: "The host it is done on. Its kind must be one of those that the behaviour names."},
		{Name: "at", Type: schema.Duration, Default: "the time of the latest step in `after`, or else `\"0d\"`", Doc: "The virtual time since the start of " +
			"the scenario: see [durations]. Steps are performed in this order."},
		{Name: "after", Type: schema.References, To: "step", Doc: "Steps that must be performed before this one. Steps of the same time are otherwise performed in the order of the file."},
		{Name: "technique", Type: schema.String, Default: "the behaviour's", Doc: "The id of the ATT&CK technique that the step stands for in reports, in the version that the scenario speaks: see " +
			"[scenario]. It must be one of the behaviour's, or the parent or a sub-technique of one."},
	},
	Blocks: []*schema.Block{withBlock, expectBlock},
}

var baselineBlock = &schema.Block{
	Name: "baseline",
	Labels: []schema.Label{
		{Name: "kind", Doc: "the kind of ordinary day: one of `ringer list baselines`"},
		{Name: "name", Doc: "the name by which reports refer to it; no step may have it too"},
	},
	Doc: "Lets an ordinary day happen on an asset, before the first step. No [expect] is needed: the rules that the scenario's steps name must be silent on it, and so must " +
		"those that ringer has; an alert of one is a false alarm. An alert of any other rule is reported as unexpected, and fails the run with `--strict`.",
	Example: `
baseline "office_day" "monday" {
  on = asset.mail

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = silent
    because = "on such a day no web worker writes pages"
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "on", Type: schema.Reference, To: "asset", Required: true, Such: "on = asset.mail", Doc: "The host it happens on. Its kind must be one of those that the baseline names."},
	},
	Blocks: []*schema.Block{expectBlock},
}

func (d *decoder) decodeStep(block *hcl.Block, in *Scenario) Step {
	before := d.ErrorCount()
	out := Step{Name: label(block, 1), Range: block.DefRange}
	does, known := d.namedBehaviour(block)
	out.Behaviour = does

	c := d.decodeBlock(block, stepBlock)
	if by, _ := stepBlock.Attribute("by"); !known || does.Reported() {
		d.requireAttribute(block, c.Attributes["by"], by)
	}
	out.By, _ = value[Identifier](c, "by")
	out.On, _ = value[Identifier](c, "on")
	d.checkAssetKind(c.Attributes["on"], out.On, "behaviour", does.Name, does.Assets, in)
	out.At = offsetOf(c, "at")
	out.After, _ = value[[]Identifier](c, "after")
	out.Technique = d.decodeTechnique(block, c, does, in.Attack)
	out.Arguments = d.decodeArguments(block, c.Blocks.OfType("with"), does)
	out.Expect = d.decodeExpects(c.Blocks.OfType("expect"))
	out.Valid = d.ErrorCount() == before
	return out
}

func offsetOf(c content, name string) Offset {
	at, ok := value[time.Duration](c, name)
	if !ok {
		return Offset{}
	}
	return Offset{Time: at, Given: true, Range: c.place(name)}
}

// checkAssetKind checks that a behaviour or baseline, if it is known, can be performed
// on the asset, if that is known.
func (d *decoder) checkAssetKind(attr *hcl.Attribute, on Identifier, noun, name string, kinds []string, in *Scenario) {
	asset, ok := in.Asset(on.Text)
	if !ok || asset.Kind.Name == "" || name == "" {
		return
	}
	if _, suits := asset.Kind.IsAny(kinds); suits {
		return
	}
	var suitable []string
	for _, other := range in.Assets {
		if _, suits := other.Kind.IsAny(kinds); suits {
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
	kind, _ := d.namedBaseline(block)
	out.Kind = kind
	c := d.decodeBlock(block, baselineBlock)
	out.On, _ = value[Identifier](c, "on")
	d.checkAssetKind(c.Attributes["on"], out.On, "baseline", kind.Name, kind.Assets, in)
	out.Expect = d.decodeExpects(c.Blocks)
	out.Valid = d.ErrorCount() == before
	return out
}
