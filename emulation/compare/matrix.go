package compare

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// cell counts over steps what a view has of what the full telemetry saw.
func cell(v view, steps []step) Cell {
	out, missing := Cell{State: Unasked}, NotAsked
	for _, s := range steps {
		for _, want := range s.wants {
			state := v.state(s.ID, want)
			if want.state != Detected {
				out.State = worse(out.State, state)
				continue
			}
			out.Expected++
			if state == Detected {
				out.Detected++
				if !v.surely(s.ID, want.Expectation) {
					out.Stated++
				}
				continue
			}
			missing = worse(missing, state)
		}
	}
	switch {
	case out.Detected > 0:
		out.State = Detected
	case out.Expected > 0:
		out.State = missing
	}
	return out
}

// state is what a view makes of an expectation: of a rule that it gives nothing
// to look at it shows nothing, be that missed or known not to be seen.
func (v view) state(step string, want wanted) State {
	switch {
	case want.state == Unjudged:
		return Unjudged
	case want.state == Detected && v.has(step, want.Expectation):
		return Detected
	case !v.asks(step, want.Expectation):
		return NotAsked
	case want.state == Detected:
		return Missed
	}
	return want.state
}

// matrix has a row a technique.
func matrix(carriers []*carrier, asked []step) []Technique {
	byTechnique := map[string][]step{}
	var ids []string
	for _, s := range asked {
		if byTechnique[s.Technique] == nil {
			ids = append(ids, s.Technique)
		}
		byTechnique[s.Technique] = append(byTechnique[s.Technique], s)
	}
	slices.SortFunc(ids, strings.Compare)
	rows := []Technique{}
	for _, id := range ids {
		row := Technique{ID: id}
		if known, ok := attack.FindTechnique(id); ok {
			row.Name = known.Name
		}
		for _, one := range carriers {
			row.Cells = append(row.Cells, cell(one.now, byTechnique[id]))
		}
		rows = append(rows, row)
	}
	return rows
}

func profilesOf(carriers []*carrier, asked []step) []Profile {
	var all []Profile
	for _, one := range carriers {
		sum := cell(one.now, asked)
		out := Profile{
			Name: one.Name, Title: one.Title, Shape: one.Shape,
			Records: len(one.now.copies), Detected: sum.Detected, Expected: sum.Expected, Stated: sum.Stated,
		}
		for _, s := range asked {
			for _, want := range s.quiet {
				// Silence is asked of one shape, and says nothing of the other.
				if one.Shape == "" || one.Shape == want.Shape {
					out.silent(one.now, s.ID, want)
				}
			}
		}
		all = append(all, out)
	}
	return all
}

// silent counts what a view makes of an expectation that no alert comes.
func (p *Profile) silent(v view, step string, want silence) {
	switch {
	case v.count(step, want.Expectation) > 0:
		p.FalseAlarms++
	case !want.shown:
	case v.asks(step, want.Expectation):
		p.Silent++
	default:
		p.NotAsked++
	}
}
