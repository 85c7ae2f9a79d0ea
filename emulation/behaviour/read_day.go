package behaviour

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/diagnostic"
	"github.com/ringer-lab/ringer/emulation/effect"
)

func (r *reader) readDay(block *hcl.Block) {
	if !r.claim("ordinary_day", block) {
		return
	}
	before := r.ErrorCount()
	one := instance{Of: ordinaryDayBlock, Block: block, Content: r.Content(block.Body, ordinaryDayBlock), Ctx: r.root}
	var says dayAttributes
	if !r.Fill(&says, one) {
		return
	}
	r.checkHosts(one.Content.Attributes["hosts"], says.Hosts, "")
	day := Baseline{Name: block.Labels[0], Library: r.library.Name, Summary: says.Summary, Activities: map[string][]Activity{}, Range: block.DefRange}
	for _, activity := range one.Content.Blocks.OfType("activity") {
		r.readActivity(activity, says.Hosts, &day)
	}
	if attr := one.Content.Attributes["extends"]; attr != nil {
		if template := r.template(attr, "activities"); template != nil {
			r.within(template.library, func() {
				for _, activity := range r.Content(template.block.Body, templateBlock).Blocks.OfType("activity") {
					r.readActivity(activity, says.Hosts, &day)
				}
			})
		}
	}
	day.Assets = slices.Sorted(maps.Keys(day.Activities))
	if r.ErrorCount() == before {
		r.library.days[day.Name] = day
	}
}

func (r *reader) readActivity(block *hcl.Block, hosts []string, day *Baseline) {
	one := instance{Of: activityBlock, Block: block, Content: r.Content(block.Body, activityBlock), Ctx: r.library.root}
	var says activityAttributes
	if !r.Fill(&says, one) {
		return
	}
	r.checkHosts(one.Content.Attributes["hosts"], says.Hosts, "")
	r.checkInside(one.Content.Blocks, activityBlock)
	if len(says.Hosts) > 0 {
		hosts = says.Hosts
	}
	activity := Activity{Name: block.Labels[0], Summary: says.Summary, defined: &definition{block: block, of: activityBlock, library: r.library}}
	for _, host := range hosts {
		activity.host = host
		if slices.ContainsFunc(day.Activities[host], func(other Activity) bool { return other.Name == activity.Name }) {
			r.Errorf(diagnostic.AtLabel(block, 0), "Duplicate name", "There is an activity %q on hosts of kind %s already.", activity.Name, host)
		}
		day.Activities[host] = append(day.Activities[host], activity)
	}
}

// Plan says what is done and how it is proven. Diagnostics say what is wrong with it
// on that host; the plan is then not to be used.
func (a Activity) Plan(on asset.Host) (effect.StepPlan, hcl.Diagnostics) {
	return newPlanning(a.defined.library, on, a.host).planned(a.defined, nil)
}
