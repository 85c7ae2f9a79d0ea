package scenario

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/profile"
	"github.com/ringer-lab/ringer/emulation/scenario/schema"
)

var profileBlock = &schema.Block{
	Name:   "profile",
	Labels: []schema.Label{{Name: "name", Doc: "the name that reports give; `full` is taken by the telemetry without any loss"}},
	Doc: "Describes the telemetry that the detectors of one organisation get: which logs, for how long, how late and how complete. `ringer compare` judges one run under each profile. " +
		"Profiles in a scenario's files are for that scenario; a file of nothing but profiles and faults is for any, see [files].",
	Example: `
profile "nightly" {
  title    = "Windows logs, collected each night"
  shape    = native
  lookback = "7d"

  source "windows" "security" {
    retention = "365d"
    delay     = "12h"
  }
}
`,
	Attributes: []schema.Attribute{
		{Name: "title", Type: schema.String, Default: "the name", Doc: "What it is, in one line; reports show it."},
		{Name: "shape", Type: schema.Keyword, Choices: shapes, Default: "`native`", Doc: "Which fields the detectors get of each record. Under this profile every expectation is judged in this shape, whatever its own is."},
		{Name: "lookback", Type: schema.Duration, Doc: "How far back the rules look each time they are run, by the records' own time stamps: a record " +
			"that arrives later than that is never seen. Without it, they look back as far as it takes."},
	},
	Blocks: []*schema.Block{sourceBlock},
}

var sourceBlock = &schema.Block{
	Name: "source",
	Labels: []schema.Label{
		{Name: "product", Doc: "the product of a Sigma log source, such as `windows` or `linux`, or `any`"},
		{Name: "name", Doc: "its service or category, such as `security` or `process_creation`, or `any`"},
	},
	Doc: "Gives the detectors of a profile the records of a log source. Where several match a record, the first one counts; a record that none matches does not reach the detectors.",
	Example: `
profile "busy" {
  source "windows" "process_creation" {
    retention      = "90d"
    host_retention = "14d"
    delay          = "5m"
    drop           = 0.02
    sample         = 0.5
    without        = ["CommandLine", "ParentCommandLine"]
  }

  source "any" "webserver" {
    kept      = host
    retention = "30d"
  }
}
`,
	Least: 1, Such: `source "windows" "security" {}, or source "any" "any" {} for all`,
	Attributes: []schema.Attribute{
		{Name: "kept", Type: schema.Keyword, Default: "`forwarded`", Doc: "Where the detectors find the records.", Choices: []schema.Choice{
			{Name: string(profile.Host), Doc: "In the host's own log and nowhere else: what a step clears there is gone."},
			{Name: string(profile.Forwarded), Doc: "Sent on to a store that no step reaches."},
		}},
		{Name: "retention", Type: schema.Duration, Default: "for ever", Doc: "How long a record is kept there."},
		{Name: "host_retention", Type: schema.Duration, Default: "for ever", Doc: "With `forwarded`: how long the host's own log keeps it too."},
		{Name: "delay", Type: schema.Duration, Doc: "How long a record takes from being written to being read. What is cleared from the host's log before that, nobody has read."},
		{Name: "sample", Type: schema.Share, Default: "1", Doc: "The share of records that are written at all. Which ones is by chance, but the same each time."},
		{Name: "drop", Type: schema.Share, Default: "0", Doc: "The share of the written records that is lost on the way."},
		{Name: "without", Type: schema.Strings, Doc: "Fields that the records do not have, in Sigma's names."},
	},
}

func (d *decoder) decodeProfile(block *hcl.Block) Profile {
	out := Profile{Name: d.declareName("profile", block, 0), Range: block.DefRange}
	if out.Name.Text == profile.Full().Name {
		d.Errorf(diagnostic.AtLabel(block, 0), "Duplicate name", "%q is reserved for the full telemetry. Give this profile another name.", out.Name.Text)
	}
	c := d.decodeBlock(block, profileBlock)
	out.Profile = profile.Profile{
		Name: out.Name.Text, Title: oneLine(valueOr(c, "title", out.Name.Text)), Shape: event.Shape(valueOr(c, "shape", string(event.Native))),
	}
	out.Lookback, _ = value[time.Duration](c, "lookback")
	for _, block := range c.Blocks {
		source := d.decodeSource(block)
		if out.Lookback > 0 && source.Delay > out.Lookback {
			d.Errorf(diagnostic.AtBlock(block), "Records arrive too late", "These records arrive later than the rules look back (%s), so no rule would ever see one. Increase \"lookback\" or reduce \"delay\".",
				diagnostic.FileLine(c.Attributes["lookback"].Range))
		}
		out.Profile.Sources = append(out.Profile.Sources, source)
		out.Sources = append(out.Sources, SourceLabels{label(block, 0), label(block, 1)})
	}
	return out
}

func (d *decoder) decodeSource(block *hcl.Block) profile.Source {
	c := d.decodeBlock(block, sourceBlock)
	out := profile.Source{
		Product: block.Labels[0], Name: block.Labels[1],
		Storage: profile.Storage(valueOr(c, "kept", string(profile.Forwarded))), Sample: valueOr(c, "sample", 1.0),
	}
	out.Retention, _ = value[time.Duration](c, "retention")
	out.HostRetention, _ = value[time.Duration](c, "host_retention")
	if attr := c.Attributes["host_retention"]; attr != nil && out.Storage == profile.Host {
		d.Errorf(diagnostic.AtName(attr), "Misplaced attribute", `"host_retention" cannot be used with kept = host, where "retention" is the time on the host. Remove it.`)
	}
	out.Delay, _ = value[time.Duration](c, "delay")
	out.Drop, _ = value[float64](c, "drop")
	out.MissingFields, _ = value[[]string](c, "without")
	return out
}
