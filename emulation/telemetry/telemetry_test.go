package telemetry_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/fake"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

var day = time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)

// happen performs a plan in memory and gives the events it leaves.
func happen(t *testing.T, kind string, plan effect.StepPlan) []event.Event {
	t.Helper()
	return telemetry.New("host", placeOf(t, kind)).Translate(seen(t, kind, plan), day)
}

// Seen performs a plan in memory and gives what a sensor would have seen.
func seen(t *testing.T, kind string, plan effect.StepPlan) []event.Observation {
	t.Helper()
	place := placeOf(t, kind)
	stage, err := runner.Verified(fake.Lab{Now: func() time.Time { return day }}).Open(t.Context(), runner.Asset{Name: "host", Place: place})
	require.NoError(t, err)
	outcome, err := stage.Perform(t.Context(), "step", plan)
	require.NoError(t, err)
	require.NoError(t, outcome.CheckComplete())
	require.Empty(t, outcome.StandInErrors)
	for _, proof := range outcome.Proofs {
		assert.True(t, proof.Proven(), "%+v", proof)
	}
	return outcome.Observations
}

func placeOf(t *testing.T, kind string) asset.Host {
	t.Helper()
	found, ok := scenarios.Library().Kind(kind)
	require.True(t, ok, kind)
	return asset.Host{Kind: found, Hostname: found.Hostname}
}

func TestOutlookDropIsAFileEventOfTheWorker(t *testing.T) {
	t.Parallel()
	drop, ok := scenarios.Library().Behaviour("owa_web_shell_drop")
	require.True(t, ok)
	events := happen(t, "exchange", labtest.Planned(t, drop, placeOf(t, "exchange"), nil))

	require.Len(t, events, 1, "a resident worker's start is no telemetry")
	e := events[0]
	assert.Equal(t, []event.LogSource{{Category: "file_event", Product: "windows", Service: "sysmon"}}, e.Sources)
	assert.Equal(t, event.Translated, e.Provenance)
	assert.Equal(t, `C:\Program Files\Microsoft\Exchange Server\V15\FrontEnd\HttpProxy\owa\auth\OutlookEN.aspx`, e.Fields["TargetFilename"])
	assert.Equal(t, `C:\Windows\System32\inetsrv\w3wp.exe`, e.Fields["Image"])
	assert.NotContains(t, e.Fields, "CommandLine", "Sysmon's event 11 has none")
	assert.Contains(t, e.Joined["CommandLine"], "MSExchangeOWAAppPool")
}

func TestWindowsEventsAreNeverClaimedToBeObserved(t *testing.T) {
	t.Parallel()
	for _, source := range telemetry.Channels(effect.Windows) {
		assert.Equal(t, "windows", source.Product)
	}
	assert.Contains(t, telemetry.Channels(effect.Windows), event.LogSource{Category: "registry_set", Product: "windows", Service: "sysmon"})
}
