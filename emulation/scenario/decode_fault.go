package scenario

import (
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/profile"
)

// faultKinds are the kinds of fault by name: the attributes of each, and how it is
// decoded.
var faultKinds = map[string]struct {
	needs []string
	may   []string
	read  func(*decoder, *hcl.Block, hcl.Attributes, profile.About) profile.Fault
}{
	profile.KindExclusion:          {[]string{"field", "contains"}, nil, decodeExclusion},
	profile.KindDisabledRule:       {[]string{"rule"}, nil, decodeDisabledRule},
	profile.KindForwarderOff:       {[]string{"from", "until"}, nil, decodeForwarderOff},
	profile.KindClockSkew:          {nil, []string{"ahead", "behind"}, decodeClockSkew},
	profile.KindParserFieldMissing: {[]string{"field"}, nil, decodeParserFieldMissing},
}

func (d *decoder) decodeFault(block *hcl.Block) Fault {
	out := Fault{Name: d.declareName("fault", block, 1), Range: block.DefRange}
	kind, known := faultKinds[block.Labels[0]]
	if !known {
		d.Errorf(diagnostic.AtLabel(block, 0), "Unknown fault", "There is no kind of fault %q. %s", block.Labels[0], diagnostic.Suggest(block.Labels[0], slices.Collect(maps.Keys(faultKinds))))
		return out
	}
	before := d.ErrorCount()
	content := d.decodeBlock(block, slices.Concat([]string{"title", "on"}, kind.needs, kind.may))
	about := profile.About{Kind: block.Labels[0], Name: out.Name.Text, Title: out.Name.Text}
	if title, ok := d.stringValue(content.Attributes["title"]); ok {
		about.Title = title
	}
	about.On = d.decodeAssetKinds(content.Attributes["on"])
	for _, name := range kind.needs {
		d.requireAttribute(block, content, name, article(about.Kind)+" requires it")
	}
	read := kind.read(d, block, content.Attributes, about)
	if attr := content.Attributes["rule"]; attr != nil {
		rule, _ := d.stringValue(attr)
		out.Rule = Identifier{Text: rule, Range: attr.Expr.Range()}
	}
	if d.ErrorCount() == before {
		out.Fault = read
	}
	return out
}

// decodeAssetKinds decodes the kinds of asset that a fault affects.
func (d *decoder) decodeAssetKinds(attr *hcl.Attribute) []string {
	given, _ := d.stringsValue(attr)
	for _, name := range given {
		if _, names, ok := d.vocabulary.kind(name); !ok {
			d.Errorf(diagnostic.AtValue(attr), "Unknown asset kind", "There is no asset kind %q. %s", name, diagnostic.Suggest(name, names))
		}
	}
	return given
}

func decodeExclusion(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	out := profile.Exclusion{About: about}
	out.Field, _ = d.stringValue(attrs["field"])
	var ok bool
	if out.Contains, ok = d.stringValue(attrs["contains"]); ok && out.Contains == "" {
		d.Errorf(diagnostic.AtValue(attrs["contains"]), "Empty text", `"contains" must not be empty, as every field contains the empty text. Give the text to look for.`)
	}
	return out
}

func decodeDisabledRule(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	rule, _ := d.stringValue(attrs["rule"])
	return profile.DisabledRule{About: about, Rule: rule}
}

func decodeForwarderOff(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	from, until := d.decodeOffset(attrs["from"]), d.decodeOffset(attrs["until"])
	if from.Given && until.Given && until.Time <= from.Time {
		d.Errorf(diagnostic.AtValue(attrs["until"]), "Invalid time", "\"until\" must be later than \"from\".")
	}
	return profile.ForwarderOff{About: about, From: from.Time, Until: until.Time}
}

func decodeClockSkew(d *decoder, block *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	ahead, behind := d.decodeOffset(attrs["ahead"]), d.decodeOffset(attrs["behind"])
	var skew time.Duration
	switch {
	case attrs["ahead"] == nil && attrs["behind"] == nil:
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `A clock_skew must have "ahead" or "behind", such as ahead = "2h".`)
	case attrs["ahead"] != nil && attrs["behind"] != nil:
		d.Errorf(diagnostic.AtName(attrs["behind"]), "Misplaced attribute", `"ahead" and "behind" cannot be combined: keep one of them.`)
	default:
		skew = ahead.Time - behind.Time
	}
	return profile.ClockSkew{About: about, Ahead: skew}
}

func decodeParserFieldMissing(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	field, _ := d.stringValue(attrs["field"])
	return profile.ParserFieldMissing{About: about, Field: field}
}
