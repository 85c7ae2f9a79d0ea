package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/profile"
)

// Conditions is how detectors may be run: what each carrier has, and what may go
// wrong there. A scenario can hold its own; a file without a scenario block
// holds some for all.
type Conditions struct {
	Profiles []Profile
	Faults   []Fault
	// Valid is false if reading them gave an error.
	Valid bool
}

// Profile is one carrier's telemetry as written.
type Profile struct {
	profile.Profile
	Name  Identifier
	Range hcl.Range
	// Sources are the places of the profile's sources, one for each.
	Sources []SourceLabels
}

// SourceLabels is where a source's labels stand.
type SourceLabels struct{ Product, Name Identifier }

// Fault is one fault as written. Fault is nil where it could not be read.
type Fault struct {
	profile.Fault
	Name  Identifier
	Rule  Identifier // of a disabled_rule
	Range hcl.Range
}
