package send_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/export"
	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/spool"
	"github.com/ringer-lab/ringer/emulation/ship/target"
)

const runID = "0198f2a0-0000-7000-8000-000000000001"

var day = time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)

// many is how many events are shipped where many are.
func many() int {
	if testing.Short() {
		return 2000
	}
	return 100_000
}

// bigBatch is how many events a batch has where many are shipped.
func bigBatch() int { return max(many()/100, 50) }

// record is an event like those of a Linux host.
func record(i int) export.Record {
	return export.Record{
		Scenario: "overlap", Host: export.Host{Name: "billing01", Platform: effect.Linux, Kind: "billing"}, Behaviour: "host_log_clear", Technique: "T1070.002", Attack: "18.1",
		Event: event.Event{
			ID: fmt.Sprintf("billing/%d", i), Time: day.Add(time.Duration(i) * time.Millisecond),
			Sources: []event.LogSource{{Product: "linux", Category: "process_creation"}, {Product: "linux", Service: "auditd"}},
			Fields: map[string]any{
				"Image": "/usr/bin/rm", "CommandLine": fmt.Sprintf("rm -f /var/log/auth.log.%d", i), "ParentImage": "/usr/bin/bash", "User": "root", "ProcessId": i,
				"CurrentDirectory": "/root", "type": "EXECVE", "a0": "rm", "a1": "-f",
			},
			Provenance: event.Observed,
			Lineage:    event.Lineage{Asset: "billing", Step: "cleared", Process: uint64(i), Seen: []uint64{uint64(i)}},
		},
	}
}

// encoded are the entries of many events, by format; a process makes them once.
var encoded sync.Map

func entries(t testing.TB, format string, replay bool, n int) []ship.Entry {
	t.Helper()
	key := fmt.Sprint(format, replay, n)
	if made, ok := encoded.Load(key); ok {
		return made.([]ship.Entry)
	}
	encoder, err := ship.NewEncoder(format, export.Run{ID: runID, Lab: "fake", Version: "1.2.3", Replay: replay})
	require.NoError(t, err)
	var all []ship.Entry
	for i := range n {
		some, err := encoder.Encode(record(i))
		require.NoError(t, err)
		require.Len(t, some, 1)
		all = append(all, some...)
	}
	encoded.Store(key, all)
	return all
}

// environment is where tests have their secrets.
func environment(name string) string {
	return map[string]string{"TOKEN": "11111111-2222-3333-4444-555555555555"}[name]
}

var limits = spool.Limits{Bytes: 64 << 20, Segment: 1 << 20}

func start(t testing.TB, folder string, to target.Target, with send.With) *ship.Shipper {
	t.Helper()
	require.Empty(t, to.Problems())
	shipper, err := begin(t.Context(), folder, to, with)
	require.NoError(t, err)
	return shipper
}

// begin begins to ship to a target. It fails if the target or the spool cannot be opened.
func begin(ctx context.Context, folder string, to target.Target, with send.With) (*ship.Shipper, error) {
	to = to.WithDefaults()
	if with.Env == nil {
		with.Env = environment
	}
	destination, err := send.Open(to, with)
	if err != nil {
		return nil, err
	}
	opened, err := spool.Open(folder, limits)
	if err != nil {
		return nil, err
	}
	return ship.Start(ctx, opened, destination, ship.Options{Batch: to.Batch, MaxWait: 10 * time.Millisecond, Keep: true})
}

// shipAll ships entries and returns the counts of all of them.
func shipAll(t testing.TB, all []ship.Entry, to target.Target, with send.With) ship.Counts {
	t.Helper()
	shipper := start(t, filepath.Join(t.TempDir(), "spool"), to, with)
	for _, e := range all {
		require.NoError(t, shipper.Ship(t.Context(), e))
	}
	counts, err := shipper.Finish(t.Context(), ship.Patience{Idle: 20 * time.Second})
	require.NoError(t, err)
	assert.Equal(t, uint64(len(all)), counts.Made)
	assert.Zero(t, counts.Waiting)
	return counts
}
