package telemetry_test

import (
	"maps"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry"
	"github.com/ringer-lab/ringer/lab/labtest"
	"github.com/ringer-lab/ringer/scenarios"
)

// shown are the fields whose values a kernel shows: nothing else may be called
// observed.
var shown = []string{
	"Image", "ProcessId", "CommandLine", "CurrentDirectory", "ParentImage", "ParentProcessId", "ParentCommandLine", "TargetFilename",
	"Protocol", "Initiated", "SourceIp", "SourceIsIpv6", "SourcePort", "DestinationIp", "DestinationIsIpv6", "DestinationPort",
}

func TestOnlyWhatAKernelShowsIsCalledObserved(t *testing.T) {
	t.Parallel()
	for _, kind := range scenarios.Library().Kinds() {
		for _, b := range scenarios.Library().Behaviours() {
			if !slices.Contains(b.Assets, kind.Name) {
				continue
			}
			observedIsShown(t, b.Name, kind.Platform, happen(t, kind.Name, labtest.Planned(t, b, placeOf(t, kind.Name), nil)))
		}
		for _, baseline := range scenarios.Library().Baselines() {
			if slices.Contains(baseline.Assets, kind.Name) {
				observedIsShown(t, baseline.Name, kind.Platform, happen(t, kind.Name, labtest.PlannedDay(t, baseline, placeOf(t, kind.Name))))
			}
		}
	}
}

func observedIsShown(t *testing.T, of string, on effect.Platform, events []event.Event) {
	t.Helper()
	for _, e := range events {
		all := maps.Clone(e.Fields)
		maps.Copy(all, e.Joined)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			how := e.Provenance
			if own, ok := e.FieldProvenance[name]; ok {
				how = own
			}
			if how != event.Observed {
				assert.Contains(t, []event.Provenance{event.Translated, event.Stated, event.Declared}, how, "%s: %v of %v", of, name, e.Sources)
				continue
			}
			assert.Equal(t, effect.Linux, on, "%s: no Windows was there to observe %s", of, name)
			assert.Contains(t, shown, name, "%s: %v", of, e.Sources)
			assert.NotEqual(t, "-", all[name], "%s: %s of %v is not known", of, name, e.Sources)
		}
	}
}

// An address that a process was only told of is nothing that was seen.
func TestAPeersAddressIsNotCalledObserved(t *testing.T) {
	t.Parallel()
	peers := []effect.Peer{{Loopback: "127.1.0.2", Address: "198.51.100.7"}}
	events := telemetry.New("db", placeOf(t, "billing")).Translate([]event.Observation{
		{Seq: 1, Kind: event.Fork, Process: 7, PID: 70},
		{
			Seq: 2, Kind: event.Exec, Process: 7, PID: 70, Path: effect.Root + "/root/usr/bin/psql", Argv: []string{"psql"},
			Env: map[string]string{event.EnvPeers: effect.EncodePeers(peers)},
		},
		{Seq: 3, Kind: event.Connect, Process: 7, PID: 70, Socket: &event.Socket{
			Protocol: "tcp", Local: netip.MustParseAddrPort("127.0.0.1:40000"), Remote: netip.MustParseAddrPort("127.1.0.2:443"),
		}},
	}, day)
	i := slices.IndexFunc(events, func(e event.Event) bool { return e.Fields["DestinationIp"] == "198.51.100.7" })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, event.Stated, events[i].FieldProvenance["DestinationIp"])
	assert.NotContains(t, events[i].FieldProvenance, "SourceIp", "that end is as the socket had it")
	assert.NotContains(t, events[i].FieldProvenance, "DestinationPort")
}
