package selection

import (
	"fmt"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/plan"
)

// Restrict is a plan with those steps and baselines alone that are performed, on the assets
// that they need. An expectation of a correlation that could join events of a step that is
// left out is not judged: it says why.
func Restrict(p *plan.Plan, performed map[string]bool, canAsk CanAsk) *plan.Plan {
	if len(performed) >= len(p.Steps)+len(p.Baselines) {
		return p
	}
	out := *p
	out.Actors, out.Assets, out.Steps, out.Baselines, out.Gaps = nil, nil, nil, nil, nil
	assets, actors := map[string]bool{}, map[string]bool{}
	var otherDays []string
	for _, baseline := range p.Baselines {
		if !performed[baseline.ID] {
			otherDays = append(otherDays, baseline.ID)
		}
	}
	for _, baseline := range p.Baselines {
		if performed[baseline.ID] {
			out.Baselines = append(out.Baselines, withoutDays(baseline, otherDays))
			assets[baseline.Asset] = true
		}
	}
	for i, step := range p.Steps {
		if !performed[step.ID] {
			continue
		}
		step.Expect = withoutOthers(p, i, performed, canAsk)
		out.Steps = append(out.Steps, step)
		assets[step.Asset], actors[step.Actor.Name] = true, true
	}
	for _, asset := range p.Assets {
		if assets[asset.Name] {
			out.Assets = append(out.Assets, asset)
		}
	}
	for _, actor := range p.Actors {
		if actors[actor.Name] {
			out.Actors = append(out.Actors, actor)
		}
	}
	return &out
}

// withoutDays is a baseline on which no correlation is judged, where others are left out: all
// of them are on one day.
func withoutDays(baseline plan.Baseline, others []string) plan.Baseline {
	if len(others) == 0 {
		return baseline
	}
	baseline.LeftOut = fmt.Sprintf("a correlation may join events of ordinary days that were not chosen: %s", strings.Join(others, ", "))
	baseline.Expect = append([]plan.Expectation(nil), baseline.Expect...)
	for i := range baseline.Expect {
		if baseline.Expect[i].Timespan > 0 {
			baseline.Expect[i].LeftOut = baseline.LeftOut
		}
	}
	return baseline
}

// longestStep is more than the virtual time that a step takes.
const longestStep = time.Hour

// withoutOthers are a step's expectations. Those of a correlation say that they cannot be
// judged where an earlier step that is left out could have left an event for it: within its
// span of time, on an asset that writes a log which it reads.
func withoutOthers(p *plan.Plan, at int, performed map[string]bool, canAsk CanAsk) []plan.Expectation {
	step := p.Steps[at]
	all := append([]plan.Expectation(nil), step.Expect...)
	for i := range all {
		if all[i].Timespan == 0 {
			continue
		}
		var missing []string
		for _, before := range p.Steps[:at] {
			if !performed[before.ID] && step.At-before.At <= all[i].Timespan+longestStep && canAsk(p.Asset(before.Asset), all[i].Sources) {
				missing = append(missing, before.ID)
			}
		}
		if len(missing) > 0 {
			all[i].LeftOut = fmt.Sprintf("a correlation may join events of steps that were not chosen: %s", strings.Join(missing, ", "))
		}
	}
	return all
}
