package behaviour

import (
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Planner is a behaviour with its arguments filled in.
type Planner interface {
	// Plan says what to do on that asset and how it is proven. It is pure:
	// the same arguments and host give the same plan.
	Plan(on asset.Host) effect.StepPlan
}

// About is what is known of a behaviour without performing it.
type About struct {
	// Name is the word in `step "<name>"`.
	Name string `json:"name"`
	// Technique is the ATT&CK id, such as T1505.003.
	Technique string `json:"technique"`
	// Also lists further techniques a step may claim with `technique =`.
	Also []string `json:"also,omitempty"`
	// Actors are those it was reported of: soft_cell, naikon, emissary_panda.
	Actors []string `json:"actors"`
	// Assets are the kinds of asset it can be performed on.
	Assets   []string        `json:"assets"`
	Platform effect.Platform `json:"persona"`
	// Phase is persistence, collection, staging, erasure or discovery.
	Phase   string `json:"phase"`
	Summary string `json:"summary"`
	// Footprint says in words what is left on the host and in its logs.
	Footprint string `json:"footprint"`
	// Undo says in words how it is taken back.
	Undo string `json:"undo"`
	// Source is where it was reported, and what is ours.
	Source string `json:"source"`
}

// Behaviour is one entry of the vocabulary.
type Behaviour struct {
	About
	Arguments []Argument `json:"arguments"`

	// newPlanner makes a planner with no argument filled in.
	newPlanner func() Planner
}
