package behaviour_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/attack"
	"github.com/ringer-lab/ringer/emulation/behaviour"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// actors are the groups as a scenario's author writes them and as ATT&CK has
// them.
var actors = map[string]string{"soft_cell": "G0093", "naikon": "G0019", "emissary_panda": "G0027"}

// planned is one plan the vocabulary can make.
type planned struct {
	name  string
	place asset.Host
	plan  effect.StepPlan
}

// allPlanned are the plans of every behaviour with its defaults, and of every
// baseline, on every kind of asset they can be on.
func allPlanned(t *testing.T) []planned {
	t.Helper()
	var all []planned
	add := func(name string, kinds []string, plan func(asset.Host) effect.StepPlan) {
		for _, kind := range kinds {
			found, ok := scenarios.Library().Kind(kind)
			require.True(t, ok, "%s: no asset kind %s", name, kind)
			for _, service := range append([]string{""}, found.Services...) {
				place := asset.Host{Kind: found, Hostname: found.Hostname, Service: service}
				all = append(all, planned{strings.TrimSpace(name + " on " + kind + " " + service), place, plan(place)})
			}
		}
	}
	for _, b := range scenarios.Library().Behaviours() {
		add(b.Name, b.Assets, func(on asset.Host) effect.StepPlan { return labtest.Planned(t, b, on, nil) })
	}
	for _, baseline := range scenarios.Library().Baselines() {
		add(baseline.Name, baseline.Assets, func(on asset.Host) effect.StepPlan { return labtest.PlannedDay(t, baseline, on) })
	}
	require.NotEmpty(t, all)
	return all
}

func TestEveryBehaviourSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		t.Run(b.Name, func(t *testing.T) {
			t.Parallel()
			for what, text := range map[string]string{"summary": b.Summary, "footprint": b.Footprint, "undo": b.Undo, "source": b.Source} {
				assert.NotEmpty(t, text, what)
			}
			assert.Contains(t, []string{"persistence", "collection", "staging", "erasure", "discovery", behaviour.Reenactment, behaviour.Boundary}, b.Phase)
			assert.NotEmpty(t, b.Assets)
			for _, kind := range b.Assets {
				found, ok := scenarios.Library().Kind(kind)
				require.True(t, ok, kind)
				assert.Equal(t, b.Platform, found.Platform, kind)
			}
			if !b.Reported() {
				assert.Empty(t, b.Actors, "it is reported of nobody")
				assert.Empty(t, b.Technique, "a step says which it re-enacts")
				return
			}
			assert.NotEmpty(t, b.Actors)
			for _, actor := range b.Actors {
				_, ok := attack.FindGroup(actors[actor])
				assert.True(t, ok, "actor %s", actor)
			}
			for _, id := range append([]string{b.Technique}, b.Also...) {
				assert.True(t, attack.Current.Has(id), "%s is not in force", id)
			}
		})
	}
}

// A mapping that ATT&CK does not list for a group must say so in its source.
func TestMappingsBeyondAttackAreOwnedUpTo(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		listed := slices.ContainsFunc(b.Actors, func(actor string) bool {
			group, _ := attack.FindGroup(actors[actor])
			return slices.Contains(group.TechniquesIn(attack.Current), b.Technique)
		})
		owned := slices.ContainsFunc([]string{"ours", "analogy", "none of the three", "S0"}, func(s string) bool {
			return strings.Contains(b.Source, s)
		})
		assert.True(t, listed || owned, "%s: %s is listed for none of its actors, and its source does not say whose mapping it is", b.Name, b.Technique)
	}
}

func TestEveryPlanStaysInItsTree(t *testing.T) {
	t.Parallel()
	for _, p := range allPlanned(t) {
		tree := effect.AssetTree(p.place.Kind.Platform, nowhere{})
		for _, path := range p.plan.Touches() {
			real, err := tree.Locate(path)
			if assert.NoError(t, err, p.name) {
				back, ok := tree.PlatformPath(real)
				assert.True(t, ok, "%s: %s", p.name, path)
				assert.Equal(t, path, back, p.name)
			}
		}
		for _, process := range p.plan.AllProcesses() {
			_, err := tree.Locate(process.Image)
			assert.NoError(t, err, "%s: a program lies on the asset, not on the host", p.name)
			assert.NotEmpty(t, process.Args, p.name)
			if process.Dir != "" {
				_, err = tree.Locate(process.Dir)
				assert.NoError(t, err, p.name)
			}
		}
	}
}

// What is left on an asset says whose it is, and is inert: a text with the
// marker, or a stand-in, which refuses to run anywhere else.
func TestEveryTextThatIsLeftCarriesTheMarker(t *testing.T) {
	t.Parallel()
	for _, p := range allPlanned(t) {
		for _, process := range p.plan.AllProcesses() {
			for _, act := range process.Acts {
				if write, ok := act.(effect.Write); ok {
					assert.True(t, bytes.Contains(write.Content, []byte(artifact.Marker)), "%s: %s", p.name, write.Path)
					script := bytes.HasPrefix(write.Content, []byte("#!"))
					_, inert := artifact.DecodeResource(write.Content)
					assert.True(t, !script || inert, "%s: %s names an interpreter", p.name, write.Path)
				}
			}
		}
	}
}

// A proof that looks at what no act touches would prove nothing of the step.
func TestEveryCheckLooksAtWhatAnActTouches(t *testing.T) {
	t.Parallel()
	for _, p := range allPlanned(t) {
		assert.NotEmpty(t, p.plan.Checks, p.name)
		touched := p.plan.Touches()
		for _, check := range p.plan.Checks {
			for _, path := range looksAt(t, check) {
				assert.Contains(t, touched, path, "%s: %s", p.name, check)
			}
		}
	}
}

func looksAt(t *testing.T, check effect.Check) []string {
	t.Helper()
	switch c := check.(type) {
	case effect.ContentIs:
		return []string{c.Path}
	case effect.EndsWith:
		return []string{c.Path}
	case effect.Gone:
		return []string{c.Path}
	case effect.Empty:
		return []string{c.Path}
	case effect.SameAs:
		return []string{c.Path}
	case effect.TimesLike:
		return []string{c.Path}
	case effect.ModeIs:
		return []string{c.Path}
	case effect.LinksTo:
		return []string{c.Path}
	case effect.ValueIs:
		return effect.SetValue{Key: c.Key, Name: c.Name}.Touches()
	case effect.Packs:
		return c.Pieces
	case effect.Exported:
		return []string{c.Path}
	}
	require.Fail(t, "a kind of check this test does not know", "%T", check)
	return nil
}
