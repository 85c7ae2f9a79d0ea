package behaviour

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Baseline is a day of ordinary activity, on which no rule may fire.
type Baseline struct {
	Name string `json:"name"`
	// Library is the name of the library that has it.
	Library string `json:"library,omitempty"`
	Summary string `json:"summary"`
	// Assets are the kinds of asset that have such a day, sorted.
	Assets []string `json:"assets"`
	// Activities are what the day is made of, by kind of asset, in order.
	Activities map[string][]Activity `json:"activities"`
	// Range is where it is written.
	Range hcl.Range `json:"-"`
}

// Activity is one thing that happens on a host on an ordinary day, by its programs
// or its people.
type Activity struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	defined *definition
	host    string // the kind of host it was written for
}

// On returns the activities of a host of that kind, in order.
func (b Baseline) On(kind asset.Kind) []Activity {
	name, _ := kind.IsAny(b.Assets)
	return b.Activities[name]
}

// Plan returns the plan of the whole day on an asset: its activities, one after the
// other. Diagnostics say what is wrong with one of them on that host.
func (b Baseline) Plan(on asset.Host) (effect.StepPlan, hcl.Diagnostics) {
	var day effect.StepPlan
	var problems hcl.Diagnostics
	for _, activity := range b.On(on.Kind) {
		plan, more := activity.Plan(on)
		problems = append(problems, more...)
		day.Preconditions = append(day.Preconditions, plan.Preconditions...)
		day.Processes = append(day.Processes, plan.Processes...)
		day.Checks = append(day.Checks, plan.Checks...)
	}
	return day, problems
}
