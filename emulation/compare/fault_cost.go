package compare

import "github.com/ringer-lab/ringer/emulation/profile"

// countLost counts the expected alerts that are detected without a fault and not with
// it.
func countLost(without, with detections, judgedSteps []step) (n int) {
	for _, s := range judgedSteps {
		for _, want := range s.expected {
			seen := want.state == Detected && without.detects(s.ID, want.Expectation)
			if seen && !with.detects(s.ID, want.Expectation) {
				n++
			}
		}
	}
	return n
}

// faultCosts returns what each fault costs, and the name of the first that costs most
// over the carriers, or over the full telemetry if there are none.
func faultCosts(faults []profile.Fault, profiles []*judgedProfile) (all []Fault, costliest string) {
	most := 0
	all = []Fault{}
	for i, wrong := range faults {
		about := wrong.Info()
		row := Fault{Kind: about.Kind, Name: about.Name, Title: about.Title}
		for j, judged := range profiles {
			row.Lost = append(row.Lost, judged.lostAlerts[i])
			if j > 0 || len(profiles) == 1 {
				row.Total += judged.lostAlerts[i]
			}
		}
		if row.Total > most {
			most, costliest = row.Total, row.Name
		}
		all = append(all, row)
	}
	return all, costliest
}
