package variant

import (
	"reflect"

	"github.com/ringer-lab/ringer/emulation/effect"
)

// Alteration is one way of doing the same thing otherwise.
type Alteration struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	// alter gives the plan in this way, and what of it lies elsewhere then.
	alter func(effect.Plan, effect.Persona) (effect.Plan, Moves)
}

// All lists the alterations, in the order of the reports' columns.
func All() []Alteration {
	return []Alteration{
		renamedProgram, movedProgram, movedFiles, reorderedFlags, otherSwitch, longOptions,
		upperCase, lowerCase, mixedCase, extraQuotes, extraBlanks,
	}
}

// Moves are what an alteration put elsewhere on an asset: later steps that name
// it, to pack or delete it, find it there.
type Moves []move

// Alter gives the plan in this way; ok is false where there is nothing in it
// that could be done so. before are the moves of earlier steps on the asset, all
// those and this plan's own. The plan that is given stays as it is.
func (a Alteration) Alter(plan effect.Plan, persona effect.Persona, before Moves) (altered effect.Plan, all Moves, ok bool) {
	altered, own := a.alter(plan, persona)
	altered = before.everywhere(altered)
	return altered, append(before[:len(before):len(before)], own...), !reflect.DeepEqual(plan, altered)
}

// lineByLine is an alteration of what is typed: nothing lies elsewhere.
func lineByLine(name, summary string, of effect.Persona, change func(effect.Process) effect.Process) Alteration {
	return Alteration{Name: name, Summary: summary, alter: func(plan effect.Plan, persona effect.Persona) (effect.Plan, Moves) {
		if persona != of {
			return plan, nil
		}
		return eachStarted(plan, change), nil
	}}
}
