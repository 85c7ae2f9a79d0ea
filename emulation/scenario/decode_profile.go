package scenario

import (
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/profile"
)

var sourceHeader = hcl.BlockHeaderSchema{Type: "source", LabelNames: []string{"product", "name"}}

func (d *decoder) decodeProfile(block *hcl.Block) Profile {
	out := Profile{Name: d.declareName("profile", block, 0), Range: block.DefRange}
	if out.Name.Text == profile.Full().Name {
		d.Errorf(diagnostic.AtLabel(block, 0), "Duplicate name", "%q is reserved for the full telemetry. Give this profile another name.", out.Name.Text)
	}
	content := d.decodeBlock(block, []string{"title", "shape", "lookback"}, sourceHeader)
	out.Profile = profile.Profile{Name: out.Name.Text, Title: out.Name.Text, Shape: event.Native}
	if title, ok := d.stringValue(content.Attributes["title"]); ok {
		out.Title = title
	}
	if shape, ok := decodeKeyword(d, content.Attributes["shape"], []event.Shape{event.Native, event.EDR}); ok {
		out.Shape = shape
	}
	out.Lookback = d.decodeDuration(content.Attributes["lookback"])
	for _, block := range content.Blocks {
		source := d.decodeSource(block)
		if out.Lookback > 0 && source.Delay > out.Lookback {
			d.Errorf(diagnostic.AtBlock(block), "Records arrive too late", "These records arrive later than the rules look back (%s), so no rule would ever see one. Increase \"lookback\" or reduce \"delay\".",
				diagnostic.FileLine(content.Attributes["lookback"].Range))
		}
		out.Profile.Sources = append(out.Profile.Sources, source)
		out.Sources = append(out.Sources, SourceLabels{label(block, 0), label(block, 1)})
	}
	if len(content.Blocks) == 0 {
		d.Errorf(diagnostic.AtBlock(block), "Missing block", `A profile must have at least one log source, such as source "windows" "security" {}, or source "any" "any" {} for all.`)
	}
	return out
}

func (d *decoder) decodeSource(block *hcl.Block) profile.Source {
	out := profile.Source{Product: block.Labels[0], Name: block.Labels[1], Storage: profile.Forwarded, Sample: 1}
	content := d.decodeBlock(block, []string{"kept", "retention", "host_retention", "delay", "sample", "drop", "without"})
	attrs := content.Attributes
	if kept, ok := decodeKeyword(d, attrs["kept"], []profile.Storage{profile.Host, profile.Forwarded}); ok {
		out.Storage = kept
	}
	out.Retention, out.HostRetention = d.decodeDuration(attrs["retention"]), d.decodeDuration(attrs["host_retention"])
	if attr := attrs["host_retention"]; attr != nil && out.Storage == profile.Host {
		d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", `"host_retention" cannot be used with kept = host, where "retention" is the time on the host. Remove it.`)
	}
	out.Delay = d.decodeDuration(attrs["delay"])
	if share, ok := d.decodeShare(attrs["sample"]); ok {
		out.Sample = share
	}
	out.Drop, _ = d.decodeShare(attrs["drop"])
	out.MissingFields, _ = d.stringsValue(attrs["without"])
	return out
}

// decodeDuration decodes a length of time; 0 if there is no attribute.
func (d *decoder) decodeDuration(attr *hcl.Attribute) time.Duration { return d.decodeOffset(attr).Time }

// decodeShare decodes a number from 0 to 1.
func (d *decoder) decodeShare(attr *hcl.Attribute) (float64, bool) {
	got, ok := d.optionalValue(attr)
	if !ok {
		return 0, false
	}
	if got.Type() != cty.Number {
		d.reportWrongType(attr, got, aShare)
		return 0, false
	}
	share, _ := got.AsBigFloat().Float64()
	if share < 0 || share > 1 {
		d.Errorf(diagnostic.AtValue(attr), "Invalid number", "%q is %s; expected a share: a number from 0 to 1, such as 0.05 for one in twenty.", attr.Name, got.AsBigFloat().Text('g', 6))
		return 0, false
	}
	return share, true
}
