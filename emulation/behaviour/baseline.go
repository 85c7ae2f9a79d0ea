package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Baseline is a day of ordinary activity: it must stay silent.
type Baseline struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
	// Assets are the kinds of asset that have such a day, sorted.
	Assets []string `json:"assets"`
	// Activities are what the day is made of, by kind of asset, in order.
	Activities map[string][]Activity `json:"activities"`
}

// Activity is one kind of thing that a host does of itself, or that its people
// do on it, on an ordinary day.
type Activity struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	// Plan says what is done and how it is proven.
	Plan func(on asset.Host) effect.StepPlan `json:"-"`
}

// Plan is the whole day on that asset: its activities, one after the other.
func (b Baseline) Plan(on asset.Host) effect.StepPlan {
	var day effect.StepPlan
	for _, activity := range b.Activities[on.Kind.Name] {
		plan := activity.Plan(on)
		day.Preconditions = append(day.Preconditions, plan.Preconditions...)
		day.Processes = append(day.Processes, plan.Processes...)
		day.Checks = append(day.Checks, plan.Checks...)
	}
	return day
}
