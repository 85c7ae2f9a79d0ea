package scenario

import (
	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/exercise"
)

// Exercise is one exercise as written.
type Exercise struct {
	exercise.Definition
	Name Identifier
	// Of is the scenario that it is about; the zero value if that could not be read.
	Of    Identifier
	Range hcl.Range
	// File is where it is written.
	File string
	// Resolved is true once what it refers to was found in its scenario; Valid is false if
	// reading or resolving it gave an error.
	Resolved, Valid bool

	references []reference
}

// reference is a step or an actor that an objective asks for.
type reference struct {
	Identifier
	root      string // "step" or "actor"
	attribute string // that has it
}
