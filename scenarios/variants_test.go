package scenarios_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/robustness"
	"github.com/ringer-lab/ringer/emulation/variant"
)

// Each way has its effect, so what it evades it evades; and a word that is typed
// in another case evades none of our rules, as Sigma's values have no case.
func TestOwnLibraryCanBeDoneOtherwise(t *testing.T) {
	t.Parallel()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	for _, one := range read(t, engine, ".") {
		if slices.Contains(slices.Collect(maps.Values(asksReally(one))), true) {
			continue // memory has no daemons
		}
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel()
			ways := robustness.Ways(one)
			assert.Greater(t, len(ways), 1, "something in it can be done otherwise")
			var judged []result.Scenario
			for _, way := range ways {
				_, one := performed(t, engine, way.Plan, func(string) bool { return true })
				judged = append(judged, one)
			}
			rules, missed, troubles := robustness.Measure(ways, judged)
			assert.Empty(t, missed)
			assert.Empty(t, troubles)
			for _, rule := range rules {
				for i, cell := range rule.Cells {
					assert.NotEqual(t, robustness.Unjudged, cell.State, rule.Title)
					if name := variant.All()[i].Name; name == "upper_case" || name == "lower_case" || name == "mixed_case" {
						assert.NotEqual(t, robustness.Evaded, cell.State, "%s: %s %v", rule.Title, name, cell.Evasions)
					}
				}
			}
		})
	}
}
