package scenarios_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/compare"
	"github.com/ringer-lab/ringer/emulation/detect"
	"github.com/ringer-lab/ringer/emulation/persona"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/scenario"
	"github.com/ringer-lab/ringer/scenarios"
)

// overlap is the campaign under the shipped carriers.
func overlap(t *testing.T) compare.Scenario {
	t.Helper()
	engine, problems := detect.NewSigma(ownRules(t))
	require.Empty(t, problems)
	set, wrong := scenario.LoadFS(scenario.Options{}, scenarios.FS, "profiles.hcl", "overlap.hcl")
	require.Empty(t, wrong)
	require.Len(t, set.Carriers, 1)
	carriers, wrong := plan.BuildCarriers(set.Carriers[0], engine, persona.Channels)
	require.Empty(t, wrong)
	campaign, wrong := plan.Build(set.Scenarios[0], engine, persona.Channels, day)
	require.Empty(t, wrong)
	performance, judged := performed(t, engine, campaign, func(string) bool { return false })
	got, err := compare.Comparer{Detectors: []detect.Detector{engine}, Carriers: carriers}.Compare(t.Context(), performance, judged)
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
		assert.Equal(t, compare.Sight{First: actor.Began}, actor.Sights[0], "%s is seen at once, where there is everything", actor.Name)
		for i, sight := range actor.Sights[1:] {
			assert.NotEmpty(t, sight.Gone, "%s keeps nothing of %s for good", got.Profiles[i+1].Name, actor.Name)
		}
	}
}

func TestOverlapShowsWhatErasingLeaves(t *testing.T) {
	t.Parallel()
	got := overlap(t)
	has := func(of func(compare.Places) bool) bool {
		return slices.ContainsFunc(got.Surviving, func(s compare.Survivor) bool { return slices.ContainsFunc(s.Places, of) })
	}
	assert.True(t, has(func(p compare.Places) bool {
		return p.Host.State == compare.NotAsked && p.Forwarded.State == compare.Detected
	}), "a step that the host shows no more and the forwarded logs do")
	assert.True(t, has(func(p compare.Places) bool {
		return p.Host.State == compare.NotAsked && p.Forwarded.State == compare.NotAsked
	}), "a step that neither shows")
	for _, step := range got.Surviving {
		if step.Step == "monitor_account" {
			places := step.Places[0]
			assert.Equal(t, []compare.State{compare.NotAsked, compare.Detected}, []compare.State{places.Host.State, places.Forwarded.State},
				"Security was cleared after the account was made: on the host no rule has a record to look at")
		}
	}
}

func TestOverlapShowsWhatTellsActorsApart(t *testing.T) {
	t.Parallel()
	alone, together := map[string]int{}, 0
	for _, one := range overlap(t).Attribution {
		switch {
		case one.Kind == compare.Apart:
			alone[one.Actors[0]]++
		case one.Kind == compare.Shared && len(one.Actors) == 3:
			together++
		}
		assert.NotEqual(t, compare.Misleading, one.Kind, "%s: rules of our own name nobody", one.Title)
	}
	for _, actor := range []string{"soft_cell", "naikon", "emissary_panda"} {
		assert.NotZero(t, alone[actor], "%s has alerts of its own", actor)
	}
	assert.NotZero(t, together, "all three clear logs")
}
