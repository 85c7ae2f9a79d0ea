package evidence

import (
	"cmp"

	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/result"
)

// Gap is what a scenario names and does not perform: it is skipped, and has no verdict.
type Gap struct {
	Scenario string
	result.Gap
}

// Gaps are those of the run's scenarios, in the order of the run.
func (r Run) Gaps() []Gap {
	var all []Gap
	for _, scenario := range r.Scenarios {
		for _, gap := range scenario.Judged.Gaps {
			all = append(all, Gap{scenario.Judged.Name, gap})
		}
	}
	return all
}

// Place is where the scenario has it: scenario and gap.
func (g Gap) Place() string { return g.Scenario + "/" + g.ID }

// Name is its title or, where it has none of its own, its id.
func (g Gap) Name() string { return cmp.Or(g.Title, g.ID) }

// TechniqueOfGap is the technique that a gap names, in the version of [Run.Attack]. It has
// no id if the gap names none that the version has.
func (r Run) TechniqueOfGap(gap Gap) attack.Technique {
	version := r.Attack()
	id, _ := version.Counterpart(gap.Technique)
	technique, _ := version.Technique(id)
	return technique
}

// GapLocation is the place of a gap in its scenario's file.
func (r Run) GapLocation(gap Gap) Location {
	return r.Location(Finding{File: gap.File, Line: max(1, gap.Line)})
}
