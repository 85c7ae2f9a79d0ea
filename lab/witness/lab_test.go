//go:build linux

package witness

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// plain is a stage that does not say which its processes are.
type plain struct {
	runner.AssetSession
	closed *bool
}

func (p plain) Close() error { *p.closed = true; return nil }

// known is one that does.
type known struct {
	plain
	first int
	err   error
}

func (k known) FirstProcess(context.Context) (int, error) { return k.first, k.err }

func (known) Perform(context.Context, string, effect.StepPlan) (runner.Outcome, error) {
	return runner.Outcome{Observations: []event.Observation{{PID: 12, Kind: event.Exec}}}, errors.New("broke")
}

type lab struct{ opens runner.AssetSession }

func (lab) Name() string { return "test" }

func (l lab) Open(context.Context, runner.Asset) (runner.AssetSession, error) { return l.opens, nil }

func TestWhatALabsSensorReportedIsKept(t *testing.T) {
	t.Parallel()
	watched := &Lab{Lab: lab{known{first: 77}}}
	opened, err := watched.Open(t.Context(), runner.Asset{Name: "web", Place: asset.Host{Kind: asset.Kind{Platform: effect.Linux}}})
	require.NoError(t, err)
	outcome, err := opened.Perform(t.Context(), "step", effect.StepPlan{})
	require.EqualError(t, err, "broke")
	assert.Len(t, outcome.Observations, 1)
	assets, seen := watched.Recorded()
	assert.Equal(t, map[int]effect.Platform{77: effect.Linux}, assets)
	assert.Equal(t, []Seen{{77, event.Observation{PID: 12, Kind: event.Exec}}}, seen, "also of a performance that broke")
}

func TestAnAssetThatCannotBeWatchedIsClosed(t *testing.T) {
	t.Parallel()
	for name, opens := range map[string]func(*bool) runner.AssetSession{
		"watch asset web: its lab does not say which processes are its own": func(closed *bool) runner.AssetSession { return plain{closed: closed} },
		"watch asset web: gone": func(closed *bool) runner.AssetSession {
			return known{plain: plain{closed: closed}, err: errors.New("gone")}
		},
	} {
		var closed bool
		_, err := (&Lab{Lab: lab{opens(&closed)}}).Open(t.Context(), runner.Asset{Name: "web"})
		require.EqualError(t, err, name)
		assert.True(t, closed)
	}
}
