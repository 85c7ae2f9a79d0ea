package robustness

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/variant"
)

// Way is one way of performing a scenario.
type Way struct {
	// Alteration is its name; empty is the reported way.
	Alteration string
	Plan       *plan.Plan
	// Altered are the steps done otherwise, with the command lines that differ.
	Altered map[string][]Line
}

// Line is a command line as reported, and as it was typed instead.
type Line struct {
	Reported string `json:"reported"`
	Altered  string `json:"altered"`
}

// Ways are the reported way of a scenario and then each alteration that some
// step of it can be done in. Each is performed on assets of its own, and without
// the ordinary days, which are not altered, and the boundary cases, which are
// other forms already, and of no actor: a scenario of such alone has no way.
func Ways(p *plan.Plan) []Way {
	reported := *p
	reported.Baselines = nil
	reported.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(step plan.Step) bool { return step.Behaviour.Phase == behaviour.Boundary })
	if len(reported.Steps) == 0 {
		return nil
	}
	ways := []Way{{Plan: &reported}}
	for _, alteration := range variant.All() {
		way := Way{Alteration: alteration.Name, Altered: map[string][]Line{}}
		altered := reported
		altered.Name += "+" + alteration.Name
		altered.Steps = slices.Clone(reported.Steps)
		for _, asset := range p.Assets {
			way.alter(altered.Steps, alteration, asset)
		}
		if way.Plan = &altered; len(way.Altered) > 0 {
			ways = append(ways, way)
		}
	}
	return ways
}

// alter does the steps on one asset otherwise.
func (w *Way) alter(steps []plan.Step, alteration variant.Alteration, asset plan.Asset) {
	var places []int
	var plans []effect.Plan
	for i, step := range steps {
		if step.Asset == asset.Name {
			places, plans = append(places, i), append(plans, step.Effect)
		}
	}
	for i, done := range alteration.Alter(plans, asset.Place.Kind.Persona) {
		if step := &steps[places[i]]; !reflect.DeepEqual(step.Effect, done) {
			w.Altered[step.ID] = differing(step.Effect, done)
			step.Effect = done
		}
	}
}

// differing are the command lines of an altered plan that are not in the
// reported one, or that are there of another program.
func differing(reported, altered effect.Plan) []Line {
	before := reported.Processes()
	lines := []Line{}
	for i, process := range altered.Processes() {
		one := Line{Reported: typed(before[i]), Altered: typed(process)}
		if one.Altered != one.Reported || process.Image != before[i].Image {
			lines = append(lines, one)
		}
	}
	return lines
}

func typed(p effect.Process) string { return strings.Join(p.Args, " ") }
