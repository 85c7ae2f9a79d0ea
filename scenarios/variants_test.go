package scenarios_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/evasion"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
)

// byNature are the rules of ours that an alteration evades, and why no rule of
// that kind could do otherwise; the library's README says the same.
var byNature = map[string]string{
	"linux_logs_removed_by_hand renamed_program":      "rm by another name is typed as one who reads the log types it",
	"linux_history_removed_or_linked renamed_program": "as before",
	"linux_web_worker_looks_around renamed_program":   "without its name, a program that tells of the host is any program",
	"windows_run_value_data_folder moved_files":       "another folder is another rule's, windows_run_value_user_profile",
}

// Each way has its effect, so what it evades it evades.
func TestOwnRulesAreEvadedByNatureOnly(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	var ways []robustness.Variant
	var judged []result.Scenario
	for _, p := range read(t, engine, ".") {
		if slices.Contains(slices.Collect(maps.Values(asksReally(p))), true) {
			continue // memory has no daemons
		}
		own := robustness.Variants(p)
		if len(own) == 0 {
			continue // boundary cases are of no actor who could do otherwise
		}
		assert.Greater(t, len(own), 1, "something in %s can be done otherwise", p.Name)
		for _, way := range own {
			_, scenario := performed(t, engine, way.Plan, func(string) bool { return true })
			ways, judged = append(ways, way), append(judged, scenario)
		}
	}
	rules, missed, troubles := robustness.Measure(ways, judged)
	assert.Empty(t, missed)
	assert.Empty(t, troubles)
	evaded := []string{}
	for _, rule := range rules {
		for i, cell := range rule.Cells {
			assert.NotEqual(t, robustness.Unjudged, cell.State, rule.Title)
			if cell.State == robustness.Evaded {
				evaded = append(evaded, nameOf(rule.Rule)+" "+evasion.All()[i].Name)
			}
		}
	}
	assert.ElementsMatch(t, slices.Collect(maps.Keys(byNature)), evaded)
}
