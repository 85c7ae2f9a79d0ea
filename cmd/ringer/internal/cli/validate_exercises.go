package cli

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/scenario"
)

// resolveExercises looks up what exercises refer to in the shipped scenarios, where theirs
// is not among what was read. An exercise whose scenario is nowhere gets a warning.
func resolveExercises(set *scenario.Set) hcl.Diagnostics {
	var found hcl.Diagnostics
	for _, e := range set.Unresolved() {
		shipped := libraryScenarios()
		i := slices.IndexFunc(shipped, func(s *scenario.Scenario) bool { return s.Name.Text == e.Of.Text })
		if i >= 0 {
			found = append(found, e.Resolve(shipped[i])...)
			continue
		}
		found = append(found, &hcl.Diagnostic{
			Severity: hcl.DiagWarning, Summary: "Scenario was not read", Subject: &e.Of.Range, Context: &e.Range,
			Detail: fmt.Sprintf("There is no scenario %q in what was named, nor in the library, so what the exercise %q refers to was not looked up. Name the scenario's file as well.", e.Of.Text, e.Name.Text),
		})
	}
	return found
}

// exercisesIn returns the number of exercises, as words; "" if there are none.
func exercisesIn(set *scenario.Set) string {
	if len(set.Exercises) == 0 {
		return ""
	}
	return report.Plural(len(set.Exercises), "exercise") + ", "
}
