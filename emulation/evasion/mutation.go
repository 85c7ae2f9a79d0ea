package evasion

import (
	"github.com/ringer-lab/ringer/emulation/effect"
)

// Mutation is one way in which an actor types or places the same thing differently.
type Mutation struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`

	// mutate returns the plans under the mutation, and what they name differently by it.
	mutate func([]effect.StepPlan, effect.Platform) ([]effect.StepPlan, replacements)
}

// All returns the mutations, in the order of the reports' columns.
func All() []Mutation {
	return []Mutation{
		renamedProgram, movedProgram, movedFiles, reorderedFlags, otherSwitch, longOptions,
		upperCase, lowerCase, mixedCase, extraQuotes, extraBlanks,
	}
}

// Apply returns the plans of one asset, in their order, under the mutation. They
// are mutated together: what one plan moves another may name, before it is there,
// as a task names its program, or after, to pack or delete it. A plan in which
// nothing can be mutated is returned equal; the given plans stay as they are.
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
