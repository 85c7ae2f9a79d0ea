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
	Plan func(on asset.Place) effect.Plan `json:"-"`
}

// Plan is the whole day on that asset: its activities, one after the other.
func (b Baseline) Plan(on asset.Place) effect.Plan {
	var day effect.Plan
	for _, activity := range b.Activities[on.Kind.Name] {
		one := activity.Plan(on)
		day.Given = append(day.Given, one.Given...)
		day.Do = append(day.Do, one.Do...)
		day.Prove = append(day.Prove, one.Prove...)
	}
	return day
}
