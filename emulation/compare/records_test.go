package compare

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/scenarios"
)

// erasedBy performs, on the billing host, a step whose one record stands in
// auth.log, and a day later what is observed of another; it tells after how long
// the record was erased.
func erasedBy(t *testing.T, seen ...event.Observation) (after time.Duration, erased bool) {
	t.Helper()
	billing, ok := scenarios.Library().Kind("billing")
	require.True(t, ok)
	start := time.Date(2021, 3, 1, 0, 0, 0, 0, time.UTC)
	record := event.Event{
		ID: "billing-1", Time: start, Sources: []event.LogSource{{Product: "linux", Service: "auth"}}, Lineage: event.Lineage{Seen: []uint64{1}},
	}
	for i := range seen {
		seen[i].Seq = uint64(i + 2)
	}
	all := recordsOf(&runner.RunRecord{
		Start: start,
		Plan: &plan.Plan{
			Assets: []plan.Asset{{Name: "billing", Place: asset.Host{Kind: billing}}},
			Steps:  []plan.Step{{ID: "logon", Asset: "billing"}, {ID: "clearing", Asset: "billing", At: 24 * time.Hour}},
		},
		Steps: []runner.StepRecord{
			{Events: []event.Event{record}, Outcome: runner.Outcome{Observations: []event.Observation{{Seq: 1, Kind: event.Content}}}},
			{Outcome: runner.Outcome{Observations: seen}},
		},
	})
	require.Len(t, all, 1)
	assert.True(t, all[0].Logged)
	assert.Equal(t, "billing", all[0].Kind)
	return all[0].Erased.Sub(start), !all[0].Erased.IsZero()
}

func TestARecordIsErasedWithTheFileItStandsIn(t *testing.T) {
	t.Parallel()
	const folder = "/asset/root/var/log/"
	at := func(kind event.Kind, path, to string) event.Observation {
		o := event.Observation{Kind: kind, Path: folder + path}
		if to != "" {
			o.To = folder + to
		}
		return o
	}
	for _, test := range []struct {
		name   string
		seen   []event.Observation
		erased bool
	}{
		{"emptied", []event.Observation{at(event.Truncate, "auth.log", "")}, true},
		{"deleted", []event.Observation{at(event.Unlink, "auth.log", "")}, true},
		{"replaced by another file", []event.Observation{at(event.Create, "auth.new", ""), at(event.Rename, "auth.new", "auth.log")}, true},
		{"rotated, it is kept", []event.Observation{at(event.Rename, "auth.log", "auth.log.1"), at(event.Create, "auth.log", "")}, false},
		{"rotated, and the rotated one deleted", []event.Observation{at(event.Rename, "auth.log", "auth.log.1"), at(event.Unlink, "auth.log.1", "")}, true},
		{"rotated, and the new one deleted, it is kept", []event.Observation{at(event.Rename, "auth.log", "auth.log.1"), at(event.Unlink, "auth.log", "")}, false},
		{"added to, it is kept", []event.Observation{at(event.Write, "auth.log", ""), at(event.Content, "auth.log", "")}, false},
		{"another log's loss is not its own", []event.Observation{at(event.Truncate, "syslog", ""), at(event.Unlink, "auth.log.1", "")}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			after, erased := erasedBy(t, test.seen...)
			assert.Equal(t, test.erased, erased)
			if erased {
				assert.Equal(t, 24*time.Hour, after, "in virtual time")
			}
		})
	}
}
