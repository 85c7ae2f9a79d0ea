package evasion

import (
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Mutation is one way of doing the same thing otherwise.
type Mutation struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	// mutate gives the plans in this way, and what of them lies elsewhere then.
	mutate func([]effect.StepPlan, effect.Platform) ([]effect.StepPlan, replacements)
}

// All lists the mutations, in the order of the reports' columns.
func All() []Mutation {
	return []Mutation{
		renamedProgram, movedProgram, movedFiles, reorderedFlags, otherSwitch, longOptions,
		upperCase, lowerCase, mixedCase, extraQuotes, extraBlanks,
	}
}

// Apply gives all that is done on one asset, in its order, in this way. It is
// mutated as a whole: what one plan puts elsewhere another may name, before it
// is there, as a task does its program, or after, to pack or delete it. A plan in
// which there is nothing to be done otherwise comes back equal; those that are
// given stay as they are.
func (a Mutation) Apply(plans []effect.StepPlan, platform effect.Platform) []effect.StepPlan {
	mutated, moved := a.mutate(plans, platform)
	out := make([]effect.StepPlan, len(mutated))
	for i, plan := range mutated {
		out[i] = moved.applyToPlan(plan)
	}
	return out
}

// commandLineMutation is a mutation of what is typed: nothing lies elsewhere.
func commandLineMutation(name, summary string, of effect.Platform, change func(effect.Process) effect.Process) Mutation {
	return Mutation{Name: name, Summary: summary, mutate: func(plans []effect.StepPlan, platform effect.Platform) ([]effect.StepPlan, replacements) {
		if platform != of {
			return plans, nil
		}
		return mapActorProcesses(plans, change), nil
	}}
}
