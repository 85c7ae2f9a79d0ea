package scenarios_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/scenarios"
)

// overlap is the campaign under the shipped carriers.
func overlap(t *testing.T) compare.Scenario {
	t.Helper()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	set, wrong := scenario.LoadFS(scenario.Options{Vocabulary: scenarios.Vocabulary}, scenarios.FS, "profiles.hcl", "overlap.hcl")
	require.Empty(t, wrong)
	require.Len(t, set.Conditions, 1)
	carriers, wrong := plan.BuildConditions(set.Conditions[0], engine, telemetry.Channels)
	require.Empty(t, wrong)
	campaign, wrong := plan.Build(set.Scenarios[0], engine, telemetry.Channels, day)
	require.Empty(t, wrong)
	performance, judged := performed(t, engine, campaign, func(string) bool { return false })
	got, err := compare.Comparer{Detectors: []detect.Detector{engine}, Conditions: carriers}.Compare(t.Context(), performance, judged)
	require.NoError(t, err)
	return got
}

// What the library is to show of carriers, mistakes and time.
func TestOverlapShowsWhatCarriersDifferIn(t *testing.T) {
	t.Parallel()
	got := overlap(t)

	require.Len(t, got.Profiles, 5, "the full telemetry and four carriers")
	full := got.Profiles[0]
	assert.Equal(t, full.Expected, full.Detected)
	for _, carrier := range got.Profiles[1:] {
		assert.Less(t, carrier.Detected, full.Detected, "%s misses something", carrier.Name)
		assert.NotZero(t, carrier.Detected, "%s sees something", carrier.Name)
	}

	assert.NotEmpty(t, got.Costliest)
	kinds := map[string]bool{}
	for _, fault := range got.Faults {
		assert.NotZero(t, fault.Total, "%s %s costs somebody something", fault.Kind, fault.Name)
		kinds[fault.Kind] = true
	}
	assert.Len(t, kinds, 5, "each kind of mistake is tried")

	for _, actor := range got.Actors {
		assert.Equal(t, compare.Visibility{FirstSeen: actor.Began}, actor.Visibility[0], "%s is seen at once, where there is everything", actor.Name)
		for i, sight := range actor.Visibility[1:] {
			assert.NotEmpty(t, sight.EvidenceLost, "%s keeps nothing of %s for good", got.Profiles[i+1].Name, actor.Name)
		}
	}
}

func TestOverlapShowsWhatErasingLeaves(t *testing.T) {
	t.Parallel()
	got := overlap(t)
	has := func(of func(compare.EvidenceLocations) bool) bool {
		return slices.ContainsFunc(got.Remaining, func(s compare.RemainingEvidence) bool { return slices.ContainsFunc(s.ByProfile, of) })
	}
	assert.True(t, has(func(p compare.EvidenceLocations) bool {
		return p.Host.State == compare.NotAsked && p.Forwarded.State == compare.Detected
	}), "a step that the host shows no more and the forwarded logs do")
	assert.True(t, has(func(p compare.EvidenceLocations) bool {
		return p.Host.State == compare.NotAsked && p.Forwarded.State == compare.NotAsked
	}), "a step that neither shows")
	for _, step := range got.Remaining {
		if step.Step == "monitor_account" {
			places := step.ByProfile[0]
			assert.Equal(t, []compare.State{compare.NotAsked, compare.Detected}, []compare.State{places.Host.State, places.Forwarded.State},
				"Security was cleared after the account was made: on the host no rule has a record to look at")
		}
	}
}

func TestOverlapShowsWhatTellsActorsApart(t *testing.T) {
	t.Parallel()
	alone, together := map[string]int{}, 0
	for _, pointer := range overlap(t).Attributions {
		switch {
		case pointer.Kind == compare.SingleActor:
			alone[pointer.Actors[0]]++
		case pointer.Kind == compare.SeveralActors && len(pointer.Actors) == 3:
			together++
		}
		assert.NotEqual(t, compare.Misleading, pointer.Kind, "%s: rules of our own name nobody", pointer.Title)
	}
	for _, actor := range []string{"soft_cell", "naikon", "emissary_panda"} {
		assert.NotZero(t, alone[actor], "%s has alerts of its own", actor)
	}
	assert.NotZero(t, together, "all three clear logs")
}
