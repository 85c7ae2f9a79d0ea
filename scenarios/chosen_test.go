package scenarios_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/result"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

// libraryPlans are the plans of the library's scenarios.
func libraryPlans(t *testing.T) []*plan.Plan {
	t.Helper()
	set, problems := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, ".")
	require.False(t, problems.HasErrors())
	rules, _ := detect.NewSigma(ownRules(t))
	var plans []*plan.Plan
	for _, s := range set.Scenarios {
		built, problems := plan.Build(s, rules, telemetry.Channels, day)
		require.False(t, problems.HasErrors(), "%s: %s", s.Name.Text, problems)
		plans = append(plans, built)
	}
	return plans
}

func canAsk(on plan.Asset, sources []event.LogSource) bool {
	return plan.Channels(telemetry.Channels).CanAsk(on.Place.Kind, plan.Rule{Sources: sources})
}

// judgedSteps are the steps of a plan as they are judged in memory.
func judgedSteps(t *testing.T, rules *detect.Sigma, p *plan.Plan) []result.Step {
	t.Helper()
	_, judged := performed(t, rules, p, func(string) bool { return false })
	return judged.Steps
}

// Whoever chooses one step of the library must get its effect and the verdicts that it has
// among all others: what it builds on is performed with it, and what cannot be judged without
// others says so.
func TestEveryStepIsWhatItIsAmongAllOthersWhereItIsChosenAlone(t *testing.T) {
	t.Parallel()
	rules, _ := detect.NewSigma(ownRules(t))
	alone, needed, leftOut := 0, 0, 0
	for _, p := range libraryPlans(t) {
		whole := map[string]result.Step{}
		for _, step := range judgedSteps(t, rules, p) {
			whole[step.ID] = step
		}
		for _, step := range p.Steps {
			choice, err := selection.Filter{Steps: []string{p.Name + "/" + step.ID}}.Choose([]*plan.Plan{p}, canAsk)
			require.NoError(t, err)
			require.Len(t, choice.Plans, 1)
			alone, needed = alone+1, needed+len(choice.Needed)
			for _, judged := range judgedSteps(t, rules, choice.Plans[0]) {
				if judged.ID != step.ID {
					continue
				}
				assert.Equal(t, whole[step.ID].Proven, judged.Proven, "%s/%s with %d steps before it", p.Name, step.ID, len(choice.Needed))
				for i, e := range judged.Expectations {
					if strings.Contains(e.Reason, "a correlation may join events") {
						leftOut++
						continue
					}
					assert.Equal(t, whole[step.ID].Expectations[i].Verdict, e.Verdict, "%s/%s: %s %s", p.Name, step.ID, e.Want, e.Title)
				}
			}
		}
	}
	t.Logf("%d steps alone, %d with them, %d expectations not judged", alone, needed, leftOut)
	assert.Greater(t, alone, 150)
	assert.Positive(t, needed)
	assert.Positive(t, leftOut)
}
