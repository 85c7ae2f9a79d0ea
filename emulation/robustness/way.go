package robustness

import (
	"slices"
	"strings"

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
	Altered map[string][]string
}

// Ways are the reported way of a scenario and then each alteration that some
// step of it can be done in. Each is performed on assets of its own, and without
// the ordinary days, which are not altered.
func Ways(p *plan.Plan) []Way {
	reported := *p
	reported.Baselines = nil
	ways := []Way{{Plan: &reported}}
	for _, alteration := range variant.All() {
		way := Way{Alteration: alteration.Name, Altered: map[string][]string{}}
		altered := reported
		altered.Name += "+" + alteration.Name
		altered.Steps = slices.Clone(p.Steps)
		moves := map[string]variant.Moves{}
		for i, step := range p.Steps {
			done, moved, ok := alteration.Alter(step.Effect, personaOf(p, step.Asset), moves[step.Asset])
			moves[step.Asset] = moved
			if ok {
				altered.Steps[i].Effect = done
				way.Altered[step.ID] = differing(step.Effect, done)
			}
		}
		if way.Plan = &altered; len(way.Altered) > 0 {
			ways = append(ways, way)
		}
	}
	return ways
}

func personaOf(p *plan.Plan, asset string) effect.Persona {
	for _, one := range p.Assets {
		if one.Name == asset {
			return one.Place.Kind.Persona
		}
	}
	return ""
}

// differing are the command lines of an altered plan that are not in the
// reported one, or that are there of another program.
func differing(reported, altered effect.Plan) []string {
	before := reported.Processes()
	lines := []string{}
	for i, process := range altered.Processes() {
		line := strings.Join(process.Args, " ")
		if line != strings.Join(before[i].Args, " ") || process.Image != before[i].Image {
			lines = append(lines, line)
		}
	}
	return lines
}
