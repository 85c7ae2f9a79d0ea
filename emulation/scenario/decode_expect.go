package scenario

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
	"github.com/ringer-lab/ringer/emulation/verdict"
)

var expectBlock = &schema.Block{
	Name: "expect",
	Labels: []schema.Label{
		{Name: "detector", Doc: "`sigma`, or an outside detector, such as `falco.host`: see [detector]"},
		{Name: "rule", Doc: "of `sigma` a rule that is loaded, by its `name`, by the name of its file without `.yml`, or by its id. `ringer list rules` lists those that ringer has; `--rules` adds your own. Of an outside detector what that calls the rule, by name or number"},
	},
	Doc: "Says what one rule must make of what a step or baseline did. Alerts count for a step if they come from one of its processes, or from what those started. " +
		"An alert of which nothing is expected is reported as unexpected, and fails the run with `--strict`. What an expectation can come to is in the README, under " +
		"[How to read a verdict](../README.md#how-to-read-a-verdict).",
	Example: `
step "owa_web_shell_drop" "page" {
  by = actor.emissary_panda
  on = asset.mail

  expect "sigma" "windows_outlook_front_page_written" {
    verdict  = fires
    at_least = 1
    at_most  = 2
  }

  expect "falco.host" "Page Written By Web Worker" {
    verdict = fires
    late    = allowed
  }

  expect "sigma" "windows_outlook_front_page_written" {
    verdict = fires
    shape   = edr
    count   = 1
  }

  expect "sigma" "windows_site_page_written" {
    verdict = known_gap
    until   = "2099-12-31"
    because = "the rule looks at sites, and the folder is Exchange's"
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "verdict", Type: schema.Keyword, Required: true, Such: "verdict = fires", Doc: "What the rule must do.", Choices: []schema.Choice{
			{Name: string(verdict.Fires), Doc: "The rule must alert. Without an alert the expectation is missed."},
			{Name: string(verdict.Quiet), Doc: "The rule must not alert. It counts only if the rule was asked: if the step left an event that it reads. An alert is a false alarm."},
			{Name: string(verdict.KnownGap), Doc: "The rule should alert and is known not to. Needs `because` and `until`: see [known_gap]."},
			{Name: string(verdict.Blind), Doc: "The rule is not expected to see this, ever. Needs `because`. An alert counts as detected all the same."},
		}},
		{Name: "shape", Type: schema.Keyword, Choices: shapes, Default: "`native`", Doc: "Which fields the rule may read. One run is judged in both shapes."},
		{Name: "count", Type: schema.Whole, Doc: "With `fires`: the exact number of alerts; without it and the next two, any number from 1 will do."},
		{Name: "at_least", Type: schema.Whole, Default: "1", Doc: "With `fires`, instead of `count`: the least number of alerts."},
		{Name: "at_most", Type: schema.Whole, Doc: "With `fires`, instead of `count`: the largest number of alerts."},
		{Name: "late", Type: schema.Keyword, Choices: []schema.Choice{{Name: lateAllowed, Doc: "An alert that comes late will do."}}, Default: "late is \"detected late\", and fails", Doc: "With `fires`, of an outside detector: whether its alert may come after its time, see [detector]."},
		{Name: "because", Type: schema.String, Doc: "The reason, for whoever reads the report. Required with `known_gap` and `blind`."},
		{Name: "until", Type: schema.Date, Doc: "With `known_gap`, where it is required: the last day on which the gap is accepted."},
	},
}

// lateAllowed is the keyword of an attribute `late`.
const lateAllowed = "allowed"

// shapes are the keywords of an attribute `shape`.
var shapes = []schema.Choice{
	{Name: string(event.Native), Doc: "Those that the log source itself writes."},
	{Name: string(event.EDR), Doc: "Those, and the fields of the process that acted (Image, CommandLine, User, ParentImage …), as an EDR joins them to each record."},
}

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
	c := d.decodeBlock(block, expectBlock)
	want, _ := value[string](c, "verdict")
	out.Want, out.WantRange = verdict.Want(want), c.place("verdict")
	out.Shape = event.Shape(valueOr(c, "shape", string(event.Native)))
	out.Because = oneLine(valueOr(c, "because", ""))
	d.requireReason(block, c.Attributes["because"], out)
	d.decodeUntil(block, c, &out)
	d.decodeCounts(c, &out)
	d.decodeOutside(c, &out)
	out.Valid = d.ErrorCount() == before
	return out
}

// decodeOutside decodes what only an expectation of an outside detector has, and reports
// what such a one cannot have.
func (d *decoder) decodeOutside(c content, out *Expect) {
	late := c.Attributes["late"]
	_, out.LateAllowed = value[string](c, "late")
	own := out.Detector.Text == "sigma"
	switch shape := c.Attributes["shape"]; {
	case late != nil && own:
		d.Errorf(diagnostic.AtName(late), "Misplaced attribute", "\"late\" can only be used with an outside detector; sigma is asked when a step has been performed.")
	case late != nil && out.Want != "" && out.Want != verdict.Fires:
		d.Errorf(diagnostic.AtName(late), "Misplaced attribute", "\"late\" can only be used with verdict = fires; this verdict is %s.", out.Want)
	case shape != nil && !own:
		d.Errorf(diagnostic.AtName(shape), "Misplaced attribute", "\"shape\" can only be used with sigma: what fields another detector reads is not ringer's to say.")
	}
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
func (d *decoder) decodeUntil(block *hcl.Block, c content, out *Expect) {
	attr := c.Attributes["until"]
	switch {
	case attr == nil || d.isNull(attr):
		if out.Want == verdict.KnownGap {
			d.Errorf(diagnostic.AtBlock(block), "Missing attribute", `A known gap must have an end: give the last day on which it is accepted, such as until = "2027-03-31".`)
		}
	case out.Want != "" && out.Want != verdict.KnownGap:
		d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", "\"until\" can only be used with verdict = known_gap; this verdict is %s.", out.Want)
	default:
		out.Until, _ = value[time.Time](c, "until")
		out.UntilRange = c.place("until")
	}
}

// decodeCounts decodes how many alerts are expected.
func (d *decoder) decodeCounts(c content, out *Expect) {
	attrs := c.Attributes
	if out.Want == verdict.Fires {
		out.Least = 1
	}
	for _, name := range []string{"count", "at_least", "at_most"} {
		attr := attrs[name]
		n, ok := value[int](c, name)
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
