package effect_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	host "github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/lab/fake"
)

// What an act says that it leaves is what it does, whatever was there before.
func TestWhatAnActLeavesIsWhatItDoes(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	leaves := func(platform effect.Platform, image string, act effect.Act, given ...effect.Precondition) {
		t.Helper()
		tried[act.Kind()] = true
		now := time.Date(2021, 3, 1, 8, 0, 0, 1, time.UTC)
		place := host.Host{Kind: host.Kind{Platform: platform}}
		stage, err := runner.Verified(fake.Lab{Now: func() time.Time { return now }}).Open(t.Context(), runner.Asset{Place: place})
		require.NoError(t, err)
		outcome, err := stage.Perform(t.Context(), "step", effect.StepPlan{
			Preconditions: given, Processes: []effect.Process{{Image: image, Args: []string{image}, Acts: []effect.Act{act, act}}},
		})
		require.NoError(t, err)
		if outcome.Skipped != "" {
			return // it asks a real service
		}
		assert.NoError(t, outcome.CheckComplete(), "%s on %d given", act, len(given))
	}
	other, there := effect.Precondition{Path: "/srv/other", Content: []byte("other")}, effect.Precondition{Path: "/srv/at", Content: []byte("there")}
	folder, link := effect.Precondition{Path: "/srv/at", Folder: true}, effect.Precondition{Path: "/var/log/x"}
	for _, at := range []string{"/srv/at", "/new/folders/at", "/var/log/x"} {
		for _, act := range effect.EveryAct(at, "/srv/other") {
			for _, given := range [][]effect.Precondition{{other}, {other, there}, {other, folder}, {other, link}, nil} {
				leaves(effect.Linux, "/usr/bin/tool", act, given...)
			}
		}
	}
	for _, act := range effect.EveryRegistryAct() {
		for _, given := range [][]effect.Precondition{nil, {{Path: `HKLM\SOFTWARE\Held\Held`, Content: []byte("REG_SZ\nx")}, {Path: `HKLM\SOFTWARE\Held\Below\Value`, Content: []byte("REG_SZ\ny")}}} {
			leaves(effect.Windows, `C:\Windows\tool.exe`, act, given...)
		}
	}
	assert.Equal(t, effect.ActKinds(), slices.Sorted(maps.Keys(tried)))
}

// An act without a trace could be left out unnoticed.
func TestEveryActLeavesATrace(t *testing.T) {
	t.Parallel()
	for _, act := range append(effect.EveryAct("/srv/at", "/srv/other"), effect.EveryRegistryAct()...) {
		assert.NotEmpty(t, act.Traces(), act.Kind())
	}
}
