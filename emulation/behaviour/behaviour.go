package behaviour

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/argument"
	"github.com/ringer-lab/ringer/emulation/block"
	"github.com/ringer-lab/ringer/emulation/effect"
)

// About is what is known of a behaviour without performing it.
type About struct {
	// Name is the word in `step "<name>"`.
	Name string `json:"name"`
	// Library is the name of the library that has it.
	Library string `json:"library,omitempty"`
	// Technique is the ATT&CK id, such as T1505.003, in attack.Current.
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

// Argument is what a step may choose, and Block a kind of block of the language.
type (
	Argument = argument.Argument
	Block    = block.Block
)

// instance is a block, or one of those that it makes.
type instance = block.Instance

// Behaviour is one entry of the vocabulary.
type Behaviour struct {
	About
	Arguments []Argument `json:"arguments"`
	// Range is where it is written.
	Range hcl.Range `json:"-"`

	defined *definition
}

// The phases of behaviours that are reported of no actor. A re-enactment does what a
// recording describes. A boundary tests a rule on both sides of its boundary: acts that
// the rule must just detect beside acts that it must just not; a step of it expects an
// exact number of alerts, so that a rule which has lost a value, or has become wider,
// gives another number.
const (
	Reenactment = "reenactment"
	Boundary    = "boundary"
)

// Reported reports whether the behaviour was reported of an actor. Others are there
// for the sake of a recording or a rule.
func (a About) Reported() bool { return a.Phase != Reenactment && a.Phase != Boundary }
