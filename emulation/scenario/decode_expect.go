package scenario

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var expectHeader = hcl.BlockHeaderSchema{Type: "expect", LabelNames: []string{"detector", "rule"}}

func (d *decoder) decodeExpects(blocks hcl.Blocks) []Expect {
	var all []Expect
	for _, block := range blocks {
		all = append(all, d.decodeExpect(block))
	}
	return all
}

func (d *decoder) decodeExpect(block *hcl.Block) Expect {
	before := d.ErrorCount()
	out := Expect{Detector: label(block, 0), Rule: label(block, 1), Shape: event.Native, Range: block.DefRange}
	content := d.decodeBlock(block, []string{"verdict", "shape", "because", "until", "count", "at_least", "at_most"})
	attrs := content.Attributes

	if attr := d.requireAttribute(block, content, "verdict", "give fires, silent, known_gap or blind"); attr != nil {
		out.Want, _ = decodeKeyword(d, attr, verdict.Wants())
		out.WantRange = attr.Expr.Range()
	}
	if shape, ok := decodeKeyword(d, attrs["shape"], []event.Shape{event.Native, event.EDR}); ok {
		out.Shape = shape
	}
	out.Because, _ = d.stringValue(attrs["because"])
	d.requireReason(block, attrs["because"], out)
	d.decodeUntil(block, attrs["until"], &out)
	d.decodeCounts(attrs, &out)
	out.Valid = d.ErrorCount() == before
	return out
}

// requireReason reports a known_gap or blind expectation without a reason: nobody
// could tell later whether it still holds.
func (d *decoder) requireReason(block *hcl.Block, because *hcl.Attribute, out Expect) {
	gap := out.Want == verdict.KnownGap || out.Want == verdict.Blind
	if gap && (because == nil || d.isNull(because)) {
		d.Errorf(diagnostic.AtBlock(block), "Missing attribute", "An expectation of %s must give a reason: because = \"…\".", out.Want)
	}
}

// decodeUntil decodes the last day of a known gap.
func (d *decoder) decodeUntil(block *hcl.Block, attr *hcl.Attribute, out *Expect) {
	if attr == nil || d.isNull(attr) {
		if out.Want == verdict.KnownGap {
			d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `A known gap must have an end: give the last day on which it is accepted, such as until = "2027-03-31".`)
		}
		return
	}
	if out.Want != "" && out.Want != verdict.KnownGap {
		d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "\"until\" can only be used with verdict = known_gap; this verdict is %s.", out.Want)
		return
	}
	text, ok := d.stringValue(attr)
	if !ok {
		return
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		d.Errorf(diagnostic.AtValue(attr), "Invalid date", `%q is not a valid date: expected year, month and day, such as "2027-03-31".`, text)
		return
	}
	out.Until, out.UntilRange = day, attr.Expr.Range()
}

// decodeCounts decodes how many alerts are expected.
func (d *decoder) decodeCounts(attrs hcl.Attributes, out *Expect) {
	if out.Want == verdict.Fires {
		out.Least = 1
	}
	for _, name := range []string{"count", "at_least", "at_most"} {
		attr := attrs[name]
		n, ok := d.intValue(attr)
		switch {
		case !ok:
			continue
		case out.Want != "" && out.Want != verdict.Fires:
			d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "%q can only be used with verdict = fires; this verdict is %s.", name, out.Want)
			continue
		case n < 1:
			d.Errorf(diagnostic.AtValue(attr), "Invalid number", "%q cannot be %d: a rule that fires gives at least 1 alert. To expect none, write verdict = silent.", name, n)
			continue
		case name != "count" && attrs["count"] != nil:
			d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "%q cannot be combined with \"count\": keep one of them.", name)
			continue
		}
		if name != "at_most" {
			out.Least = n
		}
		if name != "at_least" {
			out.Most = n
		}
	}
	if out.Most > 0 && out.Most < out.Least {
		d.Errorf(diagnostic.AtValue(attrs["at_most"]), "Invalid number", "\"at_most\" is %d and must not be less than the %d alerts expected at least.", out.Most, out.Least)
	}
}
