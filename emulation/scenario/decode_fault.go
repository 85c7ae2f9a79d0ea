package scenario

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var faultBlock = &schema.Block{
	Name: "fault",
	Labels: []schema.Label{
		{Name: "kind", Doc: "what goes wrong: one of the kinds below"},
		{Name: "name", Doc: "the name that reports give"},
	},
	Doc: "Describes a mistake in running detectors. `ringer compare` shows for each fault which alerts it would have cost. Where faults can be written is the same as for a [profile].",
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What went wrong, in one line; reports show it."},
	},
	Kinds: faultKindBlocks(),
	Example: `
fault "forwarder_off" "move" {
  title = "Nothing was sent on while the collector was moved"
  from  = "20d"
  until = "25d"
}
`,
}

// affected is an attribute of each kind of fault that affects hosts.
var affected = schema.Attribute{
	Name: "on", Type: schema.Strings, Default: "all", Doc: "The kinds of asset that are affected: names of `ringer list assets`.",
}

// faultKind is a kind of fault: what it adds to the block, and how it is decoded.
type faultKind struct {
	*schema.Block
	read func(*decoder, *hcl.Block, content, profile.About) profile.Fault
}

var faultKinds = [...]faultKind{
	{&schema.Block{
		Name: profile.KindExclusion,
		Doc:  "Records in which a field contains a text are kept from the rules: an exclusion, meant for a noisy program, that is too wide.",
		Attributes: []schema.Attribute{
			{Name: "field", Type: schema.String, Required: true, Such: `field = "CommandLine"`, Doc: "The field, in Sigma's name."},
			{Name: "contains", Type: schema.String, Required: true, Such: `contains = "\\ProgramData\\"`, Doc: "The text. Upper and lower case are the same."},
			affected,
		},
		Example: `
fault "exclusion" "program_data" {
  title    = "What names ProgramData is kept from the rules"
  field    = "CommandLine"
  contains = "\\ProgramData\\"
  on       = ["exchange", "iis"]
}
`,
	}, decodeExclusion},
	{&schema.Block{
		Name: profile.KindDisabledRule,
		Doc:  "A rule is switched off: its alerts are lost. Correlations that count its matches go on.",
		Attributes: []schema.Attribute{
			{Name: "rule", Type: schema.String, Required: true, Such: `rule = "windows_log_cleared"`, Doc: "The rule, by name, file or id as in [expect]."},
		},
		Example: `
fault "disabled_rule" "cleared_log" {
  rule = "windows_log_cleared"
}
`,
	}, decodeDisabledRule},
	{&schema.Block{
		Name: profile.KindForwarderOff,
		Doc:  "Nothing is sent on from one virtual time to another, nor later.",
		Attributes: []schema.Attribute{
			{Name: "from", Type: schema.Duration, Required: true, Such: `from = "20d"`, Doc: "When it begins, since the start of the scenario."},
			{Name: "until", Type: schema.Duration, Required: true, Such: `until = "25d"`, Doc: "When it ends; later than `from`."},
			affected,
		},
		Example: `
fault "forwarder_off" "move" {
  from  = "20d"
  until = "25d"
  on    = ["exchange"]
}
`,
	}, decodeForwarderOff},
	{&schema.Block{
		Name: profile.KindClockSkew,
		Doc:  "The hosts' clocks are wrong, and with them the time stamps of all records. What that costs depends on how far back the rules look, and on correlations over several hosts.",
		Attributes: []schema.Attribute{
			{Name: "ahead", Type: schema.Duration, Doc: "By how much the clocks are ahead. Either this or `behind` is required."},
			{Name: "behind", Type: schema.Duration, Doc: "By how much they are behind."},
			affected,
		},
		Example: `
fault "clock_skew" "controllers" {
  behind = "2h"
  on     = ["domain_controller"]
}

fault "clock_skew" "mail_servers" {
  ahead = "15m"
  on    = ["exchange"]
}
`,
	}, decodeClockSkew},
	{&schema.Block{
		Name: profile.KindParserFieldMissing,
		Doc:  "A field is lost from all records: an update changed their format, and the parser did not follow.",
		Attributes: []schema.Attribute{
			{Name: "field", Type: schema.String, Required: true, Such: `field = "CommandLine"`, Doc: "The field, in Sigma's name."},
			affected,
		},
		Example: `
fault "parser_field_missing" "command_line" {
  field = "CommandLine"
  on    = ["workstation"]
}
`,
	}, decodeParserFieldMissing},
}

func faultKindBlocks() []*schema.Block {
	var all []*schema.Block
	for _, kind := range faultKinds {
		all = append(all, kind.Block)
	}
	return all
}

func (d *decoder) decodeFault(block *hcl.Block) Fault {
	out := Fault{Name: d.declareName("fault", block, 1), Range: block.DefRange}
	kind, known := faultBlock.OfKind(block.Labels[0])
	if !known {
		d.Errorf(diagnostic.AtLabel(block, 0), "Unknown fault", "There is no kind of fault %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], faultBlock.KindNames()))
		return out
	}
	before := d.ErrorCount()
	c := d.decodeBlock(block, kind)
	about := profile.About{Kind: block.Labels[0], Name: out.Name.Text, Title: oneLine(valueOr(c, "title", out.Name.Text))}
	if _, affects := kind.Attribute(affected.Name); affects {
		about.On = d.decodeAssetKinds(c)
	}
	i := slices.IndexFunc(faultKinds[:], func(k faultKind) bool { return k.Name == about.Kind })
	read := faultKinds[i].read(d, block, c, about)
	if about.Kind == profile.KindDisabledRule {
		rule, _ := value[string](c, "rule")
		out.Rule = Identifier{Text: rule, Range: c.place("rule")}
	}
	if d.ErrorCount() == before {
		out.Fault = read
	}
	return out
}

// decodeAssetKinds decodes the kinds of asset that a fault affects.
func (d *decoder) decodeAssetKinds(c content) []string {
	given, _ := value[[]string](c, "on")
	var names []string
	for _, kind := range d.vocabulary.Kinds {
		names = append(names, kind.Name)
	}
	for _, name := range given {
		if !slices.Contains(names, name) {
			d.Errorf(diagnostic.AtValue(c.Attributes["on"]), "Unknown asset kind", "There is no asset kind %q. %s", name, diagnostic.Suggest(name, names))
		}
	}
	return given
}

func decodeExclusion(d *decoder, _ *hcl.Block, c content, about profile.About) profile.Fault {
	out := profile.Exclusion{About: about}
	out.Field, _ = value[string](c, "field")
	var ok bool
	if out.Contains, ok = value[string](c, "contains"); ok && out.Contains == "" {
		d.Errorf(diagnostic.AtValue(c.Attributes["contains"]), "Empty text", `"contains" must not be empty, as every field contains the empty text. Give the text to look for.`)
	}
	return out
}

func decodeDisabledRule(_ *decoder, _ *hcl.Block, c content, about profile.About) profile.Fault {
	rule, _ := value[string](c, "rule")
	return profile.DisabledRule{About: about, Rule: rule}
}

func decodeForwarderOff(d *decoder, _ *hcl.Block, c content, about profile.About) profile.Fault {
	from, started := value[time.Duration](c, "from")
	until, ended := value[time.Duration](c, "until")
	if started && ended && until <= from {
		d.Errorf(diagnostic.AtValue(c.Attributes["until"]), "Invalid time", "\"until\" must be later than \"from\".")
	}
	return profile.ForwarderOff{About: about, From: from, Until: until}
}

func decodeClockSkew(d *decoder, block *hcl.Block, c content, about profile.About) profile.Fault {
	ahead, behind := c.Attributes["ahead"], c.Attributes["behind"]
	switch {
	case ahead == nil && behind == nil:
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `A clock_skew must have "ahead" or "behind", such as ahead = "2h".`)
	case ahead != nil && behind != nil:
		d.Errorf(diagnostic.AtName(behind), "Misplaced attribute", `"ahead" and "behind" cannot be combined: keep one of them.`)
	}
	by, _ := value[time.Duration](c, "ahead")
	back, _ := value[time.Duration](c, "behind")
	return profile.ClockSkew{About: about, Ahead: by - back}
}

func decodeParserFieldMissing(_ *decoder, _ *hcl.Block, c content, about profile.About) profile.Fault {
	field, _ := value[string](c, "field")
	return profile.ParserFieldMissing{About: about, Field: field}
}
