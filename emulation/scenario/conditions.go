package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/profile"
)

// Conditions are the telemetry that detectors may get: the profiles of carriers, and
// the faults that may affect it. A scenario can have its own; a file of profiles
// and faults alone has some for all scenarios.
type Conditions struct {
	Profiles []Profile
	Faults   []Fault
	// Valid is false if reading them reported an error.
	Valid bool
}

// Profile is one carrier's telemetry as written in HCL, with the places of its parts.
type Profile struct {
	profile.Profile
	Name  Identifier
	Range hcl.Range
	// Sources are the places of the labels of the profile's sources, one for each.
	Sources []SourceLabels
}

// SourceLabels are the labels of a source block, with their places.
type SourceLabels struct{ Product, Name Identifier }

// Fault is one fault as written in HCL. Its embedded Fault is nil where it could not
// be read.
type Fault struct {
	profile.Fault
	Name  Identifier
	Rule  Identifier // of a disabled_rule
	Range hcl.Range
}
