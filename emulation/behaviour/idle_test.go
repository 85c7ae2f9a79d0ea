package behaviour_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
)

// idle is a plan whose programs start and do nothing.
func idle(plan effect.StepPlan) effect.StepPlan {
	var still func(effect.Process) effect.Process
	still = func(p effect.Process) effect.Process {
		var acts []effect.Act
		for _, act := range p.Acts {
			switch a := act.(type) {
			case effect.Run:
				acts = append(acts, effect.Run{Process: still(a.Process)})
			case effect.Access:
				acts = append(acts, effect.Access{Target: still(a.Target)})
			}
		}
		p.Acts = acts
		return p
	}
	var roots []effect.Process
	for _, root := range plan.Processes {
		roots = append(roots, still(root))
	}
	plan.Processes = roots
	return plan
}

// A proof that holds without the effect proves nothing: with programs that start
// and do nothing, each check fails, before and after.
func TestNoProofHoldsWithoutTheEffect(t *testing.T) {
	t.Parallel()
	for _, p := range allPlanned(t) {
		lab := fake.Lab{Now: func() time.Time { return time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC) }}
		stage, err := lab.Open(t.Context(), runner.Asset{Name: "host", Place: p.place})
		require.NoError(t, err)
		outcome, err := stage.Perform(t.Context(), "idle", idle(p.plan))
		require.NoError(t, err, p.name)
		require.Len(t, outcome.Proofs, len(p.plan.Checks), p.name)
		for _, proof := range outcome.Proofs {
			assert.NotEmpty(t, proof.Before, "%s: %s", p.name, proof.Check)
			assert.NotEmpty(t, proof.After, "%s: %s", p.name, proof.Check)
		}
		undone, err := stage.Undo(t.Context())
		require.NoError(t, err, p.name)
		assert.Empty(t, undone.Leftover, p.name)
	}
}
