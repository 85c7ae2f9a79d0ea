package robustness

import (
	"reflect"
	"slices"
	"strings"

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
		variant := Variant{Mutation: mutation.Name, MutatedSteps: map[string][]Line{}}
		mutated := reported
		mutated.Name += "+" + mutation.Name
		mutated.Steps = slices.Clone(reported.Steps)
		for _, asset := range p.Assets {
			variant.mutate(mutated.Steps, mutation, asset)
		}
		if variant.Plan = &mutated; len(variant.MutatedSteps) > 0 {
			variants = append(variants, variant)
		}
	}
	return variants
}

// mutate does the steps on one asset otherwise.
func (w *Variant) mutate(steps []plan.Step, mutation evasion.Mutation, asset plan.Asset) {
	var places []int
	var plans []effect.StepPlan
	for i, step := range steps {
		if step.Asset == asset.Name {
			places, plans = append(places, i), append(plans, step.Effect)
		}
	}
	for i, done := range mutation.Apply(plans, asset.Place.Kind.Platform) {
		if step := &steps[places[i]]; !reflect.DeepEqual(step.Effect, done) {
			w.MutatedSteps[step.ID] = differingLines(step.Effect, done)
			step.Effect = done
		}
	}
}

// differingLines are the command lines of a mutated plan that are not in the
// reported one, or that are there of another program.
func differingLines(reported, mutated effect.StepPlan) []Line {
	before := reported.AllProcesses()
	lines := []Line{}
	for i, process := range mutated.AllProcesses() {
		line := Line{Reported: typedLine(before[i]), Mutated: typedLine(process)}
		if line.Mutated != line.Reported || process.Image != before[i].Image {
			lines = append(lines, line)
		}
	}
	return lines
}

func typedLine(p effect.Process) string { return strings.Join(p.Args, " ") }
