package scenario

import (
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/profile"
)

// faults are the kinds of human error: the attributes of each, and how it is
// read once those are there.
var faults = map[string]struct {
	needs []string
	may   []string
	read  func(*decoder, *hcl.Block, hcl.Attributes, profile.About) profile.Fault
}{
	profile.KindExclusion:          {[]string{"field", "contains"}, nil, readExclusion},
	profile.KindDisabledRule:       {[]string{"rule"}, nil, readDisabledRule},
	profile.KindForwarderOff:       {[]string{"from", "until"}, nil, readForwarderOff},
	profile.KindClockSkew:          {nil, []string{"ahead", "behind"}, readClockSkew},
	profile.KindParserFieldMissing: {[]string{"field"}, nil, readParserFieldMissing},
}

func (d *decoder) fault(block *hcl.Block) Fault {
	out := Fault{Name: d.named("fault", block, 1), Range: block.DefRange}
	kind, known := faults[block.Labels[0]]
	if !known {
		d.wrongf(atLabel(block, 0), "Unknown fault", "There is no fault %q. %s", block.Labels[0], Suggest(block.Labels[0], slices.Collect(maps.Keys(faults))))
		return out
	}
	before := d.trouble
	content := d.content(block, slices.Concat([]string{"title", "on"}, kind.needs, kind.may))
	about := profile.About{Kind: block.Labels[0], Name: out.Name.Text, Title: out.Name.Text}
	if title, ok := d.text(content.Attributes["title"]); ok {
		about.Title = title
	}
	about.On = d.kinds(content.Attributes["on"])
	for _, name := range kind.needs {
		d.need(block, content, name, article(about.Kind)+" is nothing without it")
	}
	read := kind.read(d, block, content.Attributes, about)
	if attr := content.Attributes["rule"]; attr != nil {
		rule, _ := d.text(attr)
		out.Rule = Word{Text: rule, Range: attr.Expr.Range()}
	}
	if d.trouble == before {
		out.Fault = read
	}
	return out
}

// kinds reads the kinds of asset that a fault befalls.
func (d *decoder) kinds(attr *hcl.Attribute) []string {
	given, _ := d.texts(attr)
	for _, name := range given {
		if _, names, ok := d.words.kind(name); !ok {
			d.wrongf(atValue(attr), "Unknown asset kind", "There is no asset kind %q. %s", name, Suggest(name, names))
		}
	}
	return given
}

func readExclusion(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	out := profile.Exclusion{About: about}
	out.Field, _ = d.text(attrs["field"])
	var ok bool
	if out.Contains, ok = d.text(attrs["contains"]); ok && out.Contains == "" {
		d.wrongf(atValue(attrs["contains"]), "Empty text", `Every field contains "": give the text that is looked for.`)
	}
	return out
}

func readDisabledRule(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	rule, _ := d.text(attrs["rule"])
	return profile.DisabledRule{About: about, Rule: rule}
}

func readForwarderOff(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	from, until := d.moment(attrs["from"]), d.moment(attrs["until"])
	if from.Given && until.Given && until.Time <= from.Time {
		d.wrongf(atValue(attrs["until"]), "Invalid time", "The forwarder is off until before it is off: want a time after the one in \"from\".")
	}
	return profile.ForwarderOff{About: about, From: from.Time, Until: until.Time}
}

func readClockSkew(d *decoder, block *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	ahead, behind := d.moment(attrs["ahead"]), d.moment(attrs["behind"])
	var skew time.Duration
	switch {
	case attrs["ahead"] == nil && attrs["behind"] == nil:
		d.wrongf(atBlock(block), "Missing attribute", `Say by how much the clock is wrong: ahead = "2h" or behind = "2h".`)
	case attrs["ahead"] != nil && attrs["behind"] != nil:
		d.wrongf(atName(attrs["behind"]), "Misplaced attribute", `A clock that is ahead is not behind: keep one of them.`)
	default:
		skew = ahead.Time - behind.Time
	}
	return profile.ClockSkew{About: about, Ahead: skew}
}

func readParserFieldMissing(d *decoder, _ *hcl.Block, attrs hcl.Attributes, about profile.About) profile.Fault {
	field, _ := d.text(attrs["field"])
	return profile.ParserFieldMissing{About: about, Field: field}
}
