package variant

import (
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Alteration is one way of doing the same thing otherwise.
type Alteration struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	// alter gives the plans in this way, and what of them lies elsewhere then.
	alter func([]effect.Plan, effect.Persona) ([]effect.Plan, moves)
}

// All lists the alterations, in the order of the reports' columns.
func All() []Alteration {
	return []Alteration{
		renamedProgram, movedProgram, movedFiles, reorderedFlags, otherSwitch, longOptions,
		upperCase, lowerCase, mixedCase, extraQuotes, extraBlanks,
	}
}

// Alter gives all that is done on one asset, in its order, in this way. It is
// altered as a whole: what one plan puts elsewhere another may name, before it
// is there, as a task does its program, or after, to pack or delete it. A plan in
// which there is nothing to be done otherwise comes back equal; those that are
// given stay as they are.
func (a Alteration) Alter(plans []effect.Plan, persona effect.Persona) []effect.Plan {
	altered, moved := a.alter(plans, persona)
	out := make([]effect.Plan, len(altered))
	for i, plan := range altered {
		out[i] = moved.everywhere(plan)
	}
	return out
}

// lineByLine is an alteration of what is typed: nothing lies elsewhere.
func lineByLine(name, summary string, of effect.Persona, change func(effect.Process) effect.Process) Alteration {
	return Alteration{Name: name, Summary: summary, alter: func(plans []effect.Plan, persona effect.Persona) ([]effect.Plan, moves) {
		if persona != of {
			return plans, nil
		}
		return eachStarted(plans, change), nil
	}}
}
