package behaviour

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/logformat"
)

// logsNamed are the logs that a host's attribute names.
func (r *reader) logsNamed(attr *hcl.Attribute, on effect.Platform) []asset.LogSource {
	elements, problems := hcl.ExprList(attr.Expr)
	if problems.HasErrors() {
		r.Errorf(diagnostic.AtValue(attr), "Wrong type", "%q must be a list of references, such as [log_source.vpn].", attr.Name)
		return nil
	}
	var all []asset.LogSource
	for _, element := range elements {
		name, ok := named(element, "log_source")
		if !ok {
			r.Errorf(diagnostic.Location{Subject: element.Range(), Context: attr.Range}, "Invalid reference", "An element of %q must name a log source, such as log_source.vpn.", attr.Name)
			continue
		}
		found := findIn(&r.evaluation, attr, "log_source", name, func(l *Library) map[string]*definition { return l.logs })
		if found == nil {
			continue
		}
		r.within(found.library, func() {
			if log, ok := r.readLog(found, on); ok {
				all = append(all, log)
			}
		})
	}
	return all
}

// readLog reads a log source for hosts of a platform; of none where it is not known yet.
func (r *reader) readLog(d *definition, on effect.Platform) (log asset.LogSource, ok bool) {
	before := r.ErrorCount()
	one := instance{Of: logSourceBlock, Block: d.block, Content: r.Content(d.block.Body, logSourceBlock), Ctx: r.library.root}
	var says logSourceAttributes
	if !r.Fill(&says, one) {
		return log, false
	}
	log = asset.LogSource{
		Source: event.LogSource{Category: says.Category, Product: says.Product, Service: says.Service},
		File:   says.File, Format: says.Format, Columns: says.Columns, Separator: says.Separator, Pattern: says.Pattern, Fields: says.Fields,
	}
	if log.Source == (event.LogSource{}) {
		r.Errorf(diagnostic.AtBlock(d.block), "Missing attribute", `This log_source must have "product", "service" or "category", by which rules name it.`)
	}
	if _, err := logformat.Decoder(log); err != nil {
		r.Errorf(diagnostic.AtBlock(d.block), "Invalid format", "%s.", err)
	}
	if on != "" {
		if problem := argument.CheckPath(on, log.File); problem != "" {
			r.Errorf(diagnostic.AtValue(one.Content.Attributes["file"]), "Invalid value", "%q %s.", log.File, problem)
		}
	}
	return log, r.ErrorCount() == before
}
