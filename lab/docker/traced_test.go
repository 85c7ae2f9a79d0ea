package docker

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// choices gives a behaviour's defaults, and for each argument each value besides.
func choices(of behaviour.Behaviour) []map[string]any {
	all := []map[string]any{{}}
	for _, arg := range of.Arguments {
		for _, value := range arg.OneOf {
			if arg.Type == "string" && value != arg.Default {
				all = append(all, map[string]any{arg.Name: value})
			}
		}
		if arg.Type == "number" {
			all = append(all, map[string]any{arg.Name: arg.Min}, map[string]any{arg.Name: arg.Max})
		}
		if arg.Type == "bool" {
			all = append(all, map[string]any{arg.Name: arg.Default != "true"})
		}
	}
	return all
}

// Whatever a behaviour is asked for, the kernel sees of it exactly what its plan
// says, on every kind of asset that it is for.
func TestDockerEveryBehaviourLeavesWhatItsPlanSays(t *testing.T) {
	t.Parallel()
	lab := runner.Verified(newLab(t))
	plans := map[string]map[string]effect.StepPlan{}
	for _, known := range scenarios.Library().Behaviours() {
		for _, given := range choices(known) {
			for _, name := range known.Assets {
				kind, ok := scenarios.Library().Kind(name)
				require.True(t, ok, name)
				if plans[name] == nil {
					plans[name] = map[string]effect.StepPlan{}
				}
				plans[name][fmt.Sprint(known.Name, " ", given)] = labtest.Planned(t, known, asset.Host{Kind: kind, Hostname: kind.Hostname}, given)
			}
		}
	}
	for name, all := range plans {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, _ := scenarios.Library().Kind(name)
			stage, err := lab.Open(t.Context(), runner.Asset{Name: name, Run: testRun, Place: asset.Host{Kind: kind, Hostname: kind.Hostname}})
			require.NoError(t, err)
			t.Cleanup(func() { assert.NoError(t, stage.Close()) })
			for what, plan := range all {
				outcome, err := stage.Perform(t.Context(), "step", plan)
				require.NoError(t, err, what)
				assert.NoError(t, outcome.CheckComplete(), what)
				undone, err := stage.Undo(t.Context())
				require.NoError(t, err, what)
				assert.Empty(t, undone.Leftover, what)
			}
			t.Logf("%d plans", len(all))
		})
	}
}

// recorded is a lab that answers each step with one recorded outcome.
type recorded struct {
	runner.Lab
	outcome runner.Outcome
}

func (r recorded) Open(context.Context, runner.Asset) (runner.AssetSession, error) { return r, nil }
func (recorded) UndoNewest(context.Context) (runner.UndoResult, error) {
	return runner.UndoResult{}, nil
}
func (r recorded) Perform(context.Context, string, effect.StepPlan) (runner.Outcome, error) {
	return r.outcome, nil
}
func (recorded) IsolationChecks() []runner.IsolationCheck        { return nil }
func (recorded) Undo(context.Context) (runner.UndoResult, error) { return runner.UndoResult{}, nil }
func (recorded) Close() error                                    { return nil }

// What a real container reports of a plan is compared with the plan: each mutant of ringer
// breaks its step, and says why.
func TestDockerEveryMutantIsFound(t *testing.T) {
	t.Parallel()
	lab := newLab(t)
	kind, _ := scenarios.Library().Kind("domain_controller")
	task, _ := scenarios.Library().Behaviour("scheduled_task_create")
	windows := asset.Host{Kind: kind, Hostname: kind.Hostname}
	for name, host := range map[string]struct {
		place asset.Host
		plan  effect.StepPlan
	}{
		"every kind of act": {asset.Host{Kind: asset.Kind{Name: "test", Platform: effect.Linux}, Hostname: "host"}, labtest.PlanOfAllKinds()},
		task.Name:           {windows, labtest.Planned(t, task, windows, nil)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			performed := func(t *testing.T, lab runner.Lab) runner.Outcome {
				t.Helper()
				stage, err := runner.Verified(lab).Open(t.Context(), runner.Asset{Name: "host", Run: testRun, Place: host.place})
				require.NoError(t, err)
				defer func() { assert.NoError(t, stage.Close()) }()
				outcome, err := stage.Perform(t.Context(), "step", host.plan)
				require.NoError(t, err)
				return outcome
			}
			sound := performed(t, lab)
			require.NoError(t, sound.CheckComplete())
			for _, mutant := range labtest.Mutants() {
				altered := mutant.Wrap(lab)
				if mutant.Plan == nil {
					altered = mutant.Wrap(recorded{lab, sound})
				}
				outcome := performed(t, altered)
				if altered.Steps("host")["step"] {
					assert.Error(t, outcome.CheckComplete(), mutant.Name)
				} else {
					assert.NoError(t, outcome.CheckComplete(), mutant.Name)
				}
			}
		})
	}
}
