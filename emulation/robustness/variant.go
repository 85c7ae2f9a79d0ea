package robustness

import (
	"reflect"
	"slices"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/plan"
)

// Variant is one way of performing a scenario: as reported, or under a mutation.
type Variant struct {
	// Mutation is the mutation's name; empty is the reported variant.
	Mutation string
	Plan     *plan.Plan
	// MutatedSteps are the steps that the mutation changes, with the command lines that differ.
	MutatedSteps map[string][]Line
}

// Line is a command line as reported, and as mutated.
type Line struct {
	Reported string `json:"reported"`
	Mutated  string `json:"altered"`
}

// Variants returns the reported variant of a scenario and then one for each
// mutation that changes some step. Each is to be performed on assets of its own.
// Baselines are left out, as they are not mutated, and so are boundary cases, which
// are variants already and reported of no actor; a scenario of nothing else has no
// variant.
func Variants(p *plan.Plan) []Variant {
	reported := *p
	reported.Baselines = nil
	reported.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(step plan.Step) bool { return step.Behaviour.Phase == behaviour.Boundary })
	if len(reported.Steps) == 0 {
		return nil
	}
	variants := []Variant{{Plan: &reported}}
	for _, mutation := range evasion.All() {
		mutated := reported
		mutated.Name += "+" + mutation.Name
		mutated.Steps = slices.Clone(reported.Steps)
		for _, asset := range p.Assets {
			mutate(mutated.Steps, mutation, asset)
		}
		variant := Variant{Mutation: mutation.Name, Plan: &mutated, MutatedSteps: mutatedSteps(reported.Steps, mutated.Steps)}
		if len(variant.MutatedSteps) > 0 {
			variants = append(variants, variant)
		}
	}
	return variants
}

// AsPerformed returns variants with the step plans that were performed, by step, in
// place of those that their mutations would have now. performed returns nil for a plan
// that was not performed: such a variant is left out, and so is each of a scenario of
// which the reported one is.
func AsPerformed(variants []Variant, performed func(plan string) map[string]effect.StepPlan) []Variant {
	var all []Variant
	var reported *plan.Plan
	for _, variant := range variants {
		done := performed(variant.Plan.Name)
		if done == nil {
			if variant.Mutation == "" {
				reported = nil
			}
			continue
		}
		again := *variant.Plan
		again.Steps = slices.Clone(again.Steps)
		for i, step := range again.Steps {
			again.Steps[i].Effect = done[step.ID]
		}
		switch {
		case variant.Mutation == "":
			reported = &again
			all = append(all, Variant{Plan: reported})
		case reported != nil:
			all = append(all, Variant{Mutation: variant.Mutation, Plan: &again, MutatedSteps: mutatedSteps(reported.Steps, again.Steps)})
		}
	}
	return all
}

// mutate does the steps on one asset otherwise.
func mutate(steps []plan.Step, mutation evasion.Mutation, asset plan.Asset) {
	var places []int
	var plans []effect.StepPlan
	for i, step := range steps {
		if step.Asset == asset.Name {
			places, plans = append(places, i), append(plans, step.Effect)
		}
	}
	for i, done := range mutation.Apply(plans, asset.Place.Kind.Platform) {
		steps[places[i]].Effect = done
	}
}

// mutatedSteps are the steps that are done otherwise, with the command lines that differ.
func mutatedSteps(reported, mutated []plan.Step) map[string][]Line {
	lines := map[string][]Line{}
	for i, step := range mutated {
		if !reflect.DeepEqual(reported[i].Effect, step.Effect) {
			lines[step.ID] = differingLines(reported[i].Effect, step.Effect)
		}
	}
	return lines
}

// differingLines are the command lines of a mutated plan that are not in the
// reported one, or that are there of another program.
func differingLines(reported, mutated effect.StepPlan) []Line {
	before, after := reported.AllProcesses(), mutated.AllProcesses()
	lines := []Line{}
	for i := range min(len(before), len(after)) { // a mutation adds none; a recording may have anything
		line := Line{Reported: before[i].CommandLine(), Mutated: after[i].CommandLine()}
		if line.Mutated != line.Reported || after[i].Image != before[i].Image {
			lines = append(lines, line)
		}
	}
	return lines
}
