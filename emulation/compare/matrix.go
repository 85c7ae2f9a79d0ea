package compare

import (
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/attack"
)

// cell counts over steps what a view has of what the full telemetry saw.
func cell(v view, steps []step) Cell {
	out := Cell{State: Unasked}
	for _, s := range steps {
		out.State = worse(out.State, s.state)
		for _, want := range s.seen {
			out.Expected++
			if v.has(s.ID, want) {
				out.Detected++
				if !v.surely(s.ID, want) {
					out.Stated++
				}
			}
		}
	}
	switch {
	case out.Detected > 0:
		out.State = Detected
	case out.Expected > 0:
		out.State = Missed
	}
	return out
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
				if (one.Shape == "" || one.Shape == want.Shape) && one.now.count(s.ID, want) > 0 {
					out.FalseAlarms++
				}
			}
		}
		all = append(all, out)
	}
	return all
}
