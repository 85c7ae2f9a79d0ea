package scenarios_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/selection"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
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

// havingEffect are the steps of a plan that have their effect in memory.
func havingEffect(t *testing.T, p *plan.Plan) map[string]bool {
	t.Helper()
	in := runner.Runner{
		Lab: fake.Lab{Now: func() time.Time { return day }}, Now: func() time.Time { return day },
		NewTranslate: func(asset plan.Asset) runner.Translate { return telemetry.New(asset.Name, asset.Place).Translate },
		NewCheck: func(asset plan.Asset) runner.TelemetryCheck {
			return telemetry.NewCompletenessCheck(asset.Name, asset.Place).Verify
		},
	}
	run, err := in.Run(t.Context(), "run", p)
	require.NoError(t, err)
	proven := map[string]bool{}
	for _, step := range run.Steps {
		proven[step.ID] = step.Proven() && step.Err == nil
	}
	return proven
}

// Whoever chooses one step of the library must get its effect: what it builds on is
// performed with it.
func TestEveryStepHasItsEffectWhereItIsChosenAlone(t *testing.T) {
	t.Parallel()
	alone, more := 0, 0
	for _, p := range libraryPlans(t) {
		whole := havingEffect(t, p)
		for _, step := range p.Steps {
			if !whole[step.ID] {
				continue // it needs a real service
			}
			choice, err := selection.Filter{Steps: []string{p.Name + "/" + step.ID}}.Choose([]*plan.Plan{p}, canAsk)
			require.NoError(t, err)
			require.Len(t, choice.Plans, 1)
			assert.True(t, havingEffect(t, choice.Plans[0])[step.ID], "%s/%s has no effect with %d steps before it", p.Name, step.ID, len(choice.Needed))
			alone++
			more += len(choice.Needed)
		}
	}
	assert.Greater(t, alone, 150)
	assert.Positive(t, more)
}
