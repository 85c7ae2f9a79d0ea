package stream_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/hunt/stream"
	"github.com/ringer-lab/ringer/emulation/plan"
	"github.com/ringer-lab/ringer/emulation/runner"
)

// daily is a run of steps at these hours.
func daily(hours ...int) *runner.RunRecord {
	start := time.Date(2027, 1, 8, 8, 53, 0, 0, time.UTC)
	run := &runner.RunRecord{Start: start, Plan: &plan.Plan{Name: "x", Assets: []plan.Asset{{Name: "desk", Place: asset.Host{Hostname: "OPS02"}}}}}
	for i, hour := range hours {
		id, at := string(rune('a'+i)), time.Duration(hour)*time.Hour
		run.Plan.Steps = append(run.Plan.Steps, plan.Step{ID: id, Asset: "desk", At: at})
		run.Steps = append(run.Steps, runner.StepRecord{ID: id, Asset: "desk", Events: []event.Event{{
			ID: "desk-" + id, Time: start.Add(at), Lineage: event.Lineage{Process: 7},
			Fields: map[string]any{
				"UtcTime": start.Add(at).Format("2006-01-02 15:04:05.000"), "PreviousCreationUtcTime": "2021-01-01 00:00:00.000",
				"ProcessGuid": "2C899619-E7EC-6B0B-0000-000000000007", "ProcessId": int64(16),
			},
		}}})
	}
	return run
}

func TestStepsAreDispersedAndKeepTheirOrder(t *testing.T) {
	t.Parallel()
	moved := map[time.Duration]bool{}
	for seed := range uint64(50) {
		run := daily(0, 24, 25, 48, 60, 24*30)
		out := stream.Disperse(run, seed, 4*time.Hour)
		require.Equal(t, daily(0, 24, 25, 48, 60, 24*30), run, "the run given stays as it is")
		for i, step := range out.Plan.Steps {
			shift := step.At - run.Plan.Steps[i].At
			moved[shift] = true
			assert.LessOrEqual(t, shift.Abs(), 4*time.Hour)
			e := out.Steps[i].Events[0]
			assert.Equal(t, run.Steps[i].Events[0].Time.Add(shift), e.Time, "events move with their step")
			assert.Equal(t, e.Time.Format("2006-01-02 15:04:05.000"), e.Fields["UtcTime"])
			assert.Equal(t, "2021-01-01 00:00:00.000", e.Fields["PreviousCreationUtcTime"], "what somebody set stays")
			assert.Equal(t, out.Steps[0].Events[0].Fields["ProcessGuid"], e.Fields["ProcessGuid"], "a process was started once")
			if i > 0 {
				assert.Greater(t, step.At, out.Plan.Steps[i-1].At)
			}
		}
		assert.Equal(t, time.Hour, out.Plan.Steps[2].At-out.Plan.Steps[1].At, "what is together stays together")
	}
	assert.Greater(t, len(moved), 100)
	assert.Equal(t, daily(0, 24), stream.Disperse(daily(0, 24), 1, 0))
}

func TestRecordsHaveTheParentsThatWereSeen(t *testing.T) {
	t.Parallel()
	run := daily(0)
	step := run.Steps[0]
	step.Outcome.Observations = []event.Observation{
		{Process: 7, Parent: 3, Kind: event.Fork},
		{Process: 7, Kind: event.Exec, Env: map[string]string{event.EnvPeers: effect.EncodePeers([]effect.Peer{{Loopback: "127.0.10.3", Address: "10.20.4.9"}})}},
	}
	step.Events[0].Fields["CommandLine"] = "scp a deploy@127.0.10.3:/b"
	records := stream.NewMaker(run.Plan).Records(step, false)
	require.Len(t, records, 1)
	assert.Equal(t, uint64(3), records[0].Parent)
	assert.Equal(t, "OPS02", records[0].Host)
	assert.Equal(t, "scp a deploy@10.20.4.9:/b", records[0].Event.Fields["CommandLine"])
	assert.Equal(t, "scp a deploy@127.0.10.3:/b", step.Events[0].Fields["CommandLine"])
	assert.Equal(t, "a", records[0].Origin.Step)
	assert.Equal(t, "desk-a", records[0].Origin.Event)
}
