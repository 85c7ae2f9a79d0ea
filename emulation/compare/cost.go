package compare

import "github.com/ringer-lab/ringer/emulation/profile"

// lost counts what a view has and a faulty one has not.
func lost(sound, faulty view, asked []step) (n int) {
	for _, s := range asked {
		for _, want := range s.wants {
			seen := want.state == Detected && sound.has(s.ID, want.Expectation)
			if seen && !faulty.has(s.ID, want.Expectation) {
				n++
			}
		}
	}
	return n
}

// costs gives what each fault costs, and the name of the first that costs most
// over the carriers; where there is none, over the full telemetry.
func costs(faults []profile.Fault, carriers []*carrier) (all []Fault, costliest string) {
	most := 0
	all = []Fault{}
	for i, wrong := range faults {
		about := wrong.Named()
		row := Fault{Kind: about.Kind, Name: about.Name, Title: about.Title}
		for j, one := range carriers {
			row.Lost = append(row.Lost, one.lost[i])
			if j > 0 || len(carriers) == 1 {
				row.Total += one.lost[i]
			}
		}
		if row.Total > most {
			most, costliest = row.Total, row.Name
		}
		all = append(all, row)
	}
	return all, costliest
}
