package skeleton_test

import (
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/skeleton"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/scenarios"
)

// planned reads a skeleton as a library, checks it, and plans it on its first host.
func planned(t *testing.T, name string, text []byte) (effect.StepPlan, asset.Host) {
	t.Helper()
	file, problems := behaviour.Parse(name+".hcl", text)
	require.Empty(t, problems, "%s", text)
	library, problems := behaviour.ReadSource(behaviour.Source{Name: name, Files: []*hcl.File{file}, Uses: []*behaviour.Library{scenarios.Library()}})
	require.Empty(t, append(problems, library.Check()...), "%s", text)
	found, ok := library.Behaviour(name)
	require.True(t, ok, "%s", text)
	kind, ok := scenarios.Library().Kind(found.Assets[0])
	require.True(t, ok)
	host := asset.Host{Kind: kind, Hostname: kind.Hostname}
	plan, problems := found.Plan(host, nil)
	require.Empty(t, problems, "%s", text)
	return plan, host
}

// perform performs a plan in memory.
func perform(t *testing.T, plan effect.StepPlan, host asset.Host) runner.Outcome {
	t.Helper()
	lab := fake.Lab{Now: time.Now, ClaimObserved: true}
	session, err := lab.Open(t.Context(), runner.Asset{Place: host})
	require.NoError(t, err)
	outcome, err := session.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	return outcome
}

func TestEveryActsSkeletonIsValidAndHasItsEffect(t *testing.T) {
	t.Parallel()
	for _, act := range skeleton.Acts() {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			for _, acts := range [][]string{{act}, {act, "write", act}} {
				text, err := skeleton.Behaviour{Name: "example", File: "example.hcl", Acts: acts, Library: scenarios.Library()}.Text()
				require.NoError(t, err)
				plan, host := planned(t, "example", text)
				outcome := perform(t, plan, host)
				if outcome.Skipped != "" {
					assert.Contains(t, []string{"export", "request"}, act, outcome.Skipped)
					continue
				}
				assert.Empty(t, outcome.StandInErrors, "%s", text)
				require.NotEmpty(t, outcome.Proofs)
				for _, proof := range outcome.Proofs {
					assert.True(t, proof.Proven(), "%+v\n%s", proof, text)
				}
			}
		})
	}
}
