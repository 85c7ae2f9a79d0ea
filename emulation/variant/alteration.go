package variant

import (
	"reflect"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Alteration is one way of doing the same thing otherwise.
type Alteration struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	alter func(effect.Plan, effect.Persona) effect.Plan
}

// All lists the alterations, in the order of the reports' columns.
func All() []Alteration {
	return []Alteration{
		renamedProgram, movedProgram, movedFiles, reorderedFlags, otherSwitch, longOptions,
		upperCase, lowerCase, mixedCase, extraQuotes, extraBlanks,
	}
}

// Alter gives the plan in this way; ok is false where there is nothing in it
// that could be done so. The plan that is given stays as it is.
func (a Alteration) Alter(plan effect.Plan, persona effect.Persona) (altered effect.Plan, ok bool) {
	altered = a.alter(plan, persona)
	return altered, !reflect.DeepEqual(plan, altered)
}
