package trace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// asEarlier are observations as a build reported them that had all of a Linux asset below
// one folder.
func asEarlier(all []event.Observation) []event.Observation {
	var out []event.Observation
	for _, o := range all {
		for _, name := range []*string{&o.Path, &o.Dir, &o.To} {
			if *name != "" && (name != &o.To || o.Kind != event.Symlink) {
				*name = effect.Root + "/root" + *name
			}
		}
		if o.Dir == effect.Root+"/root/" {
			o.Dir = effect.Root + "/root"
		}
		out = append(out, o)
	}
	return out
}

func TestWhatAnEarlierBuildObservedMatchesItsPlan(t *testing.T) {
	t.Parallel()
	for _, b := range scenarios.Library().Behaviours() {
		if b.Platform != effect.Linux {
			continue
		}
		kind, ok := scenarios.Library().Kind(b.Assets[0])
		require.True(t, ok)
		place := asset.Host{Kind: kind, Hostname: kind.Hostname}
		plan := labtest.Planned(t, b, place, nil)
		all := asEarlier(seen(t, place, plan))
		require.NoError(t, check(t, place, plan, all), b.Name)
		assert.Error(t, check(t, place, plan, all[:len(all)-1]), b.Name)
	}
}

// A file that crosses from one file system to another is copied today; it was renamed.
func TestAMoveIsWhatTheBuildThatPerformedItDoes(t *testing.T) {
	t.Parallel()
	plan := effect.StepPlan{
		Preconditions: []effect.Precondition{{Path: "/var/tmp/x", Content: []byte("x")}},
		Processes:     []effect.Process{{Image: "/usr/bin/mv", Args: []string{"mv"}, Acts: []effect.Act{effect.Move{From: "/var/tmp/x", To: "/srv/x"}}}},
	}
	today := seen(t, linux, plan)
	require.NoError(t, check(t, linux, plan, today))
	renamed := []event.Observation{
		{Kind: event.Fork, Step: "step", Process: 1}, {Kind: event.Exec, Step: "step", Process: 1, Path: "/usr/bin/mv", Argv: []string{"mv"}, Dir: "/"},
		{Kind: event.Rename, Step: "step", Process: 1, Path: "/var/tmp/x", To: "/srv/x"}, {Kind: event.Exit, Step: "step", Process: 1},
	}
	require.Error(t, check(t, linux, plan, renamed))
	require.NoError(t, check(t, linux, plan, asEarlier(renamed)))
}
