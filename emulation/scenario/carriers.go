package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/profile"
)

// Carriers is how detectors may be run: what each carrier has, and what may go
// wrong there. A scenario can hold its own; a file without a scenario block
// holds some for all.
type Carriers struct {
	Profiles []Profile
	Faults   []Fault
	// Sound is false if reading them gave an error.
	Sound bool
}

// Profile is one carrier's telemetry as written.
type Profile struct {
	profile.Profile
	Name  Word
	Range hcl.Range
	// Sources are the places of the profile's sources, one for each.
	Sources []SourcePlace
}

// SourcePlace is where a source's labels stand.
type SourcePlace struct{ Product, Name Word }

// Fault is one human error as written. Fault is nil where it could not be read.
type Fault struct {
	profile.Fault
	Name  Word
	Rule  Word // of a disabled_rule
	Range hcl.Range
}

// carriers reads the blocks profile and fault.
func (d *decoder) carriers(blocks map[string][]*hcl.Block) Carriers {
	before := d.trouble
	var out Carriers
	for _, block := range blocks["profile"] {
		out.Profiles = append(out.Profiles, d.profile(block))
	}
	for _, block := range blocks["fault"] {
		out.Faults = append(out.Faults, d.fault(block))
	}
	out.Sound = d.trouble == before
	return out
}
