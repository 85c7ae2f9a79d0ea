package send_test

import (
	"bytes"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/ship/send"
	"github.com/ringer-lab/ringer/emulation/ship/shiptest"
	"github.com/ringer-lab/ringer/emulation/ship/target"
	"github.com/ringer-lab/ringer/lab/labtest"
)

// hard are receivers that fail a third of the time.
var hard = shiptest.Faults{Share: 1.0 / 3, Stall: 5 * time.Second, RetryAfter: "0"}

var token = &target.Secret{Env: "TOKEN"}

// restarting starts a receiver again while something is sent to it, some times.
func restarting(t *testing.T, of *shiptest.Receiver) {
	t.Helper()
	done := make(chan struct{})
	var restarted atomic.Int32
	go func() {
		defer close(done)
		for range 3 {
			time.Sleep(50 * time.Millisecond)
			if err := of.Restart(30 * time.Millisecond); err != nil {
				t.Errorf("restart: %v", err)
				return
			}
			restarted.Add(1)
		}
	}()
	t.Cleanup(func() {
		<-done
		assert.Equal(t, int32(3), restarted.Load())
		require.NoError(t, of.Close())
	})
}

func tellFailures(t *testing.T, of *shiptest.Receiver, all bool) {
	t.Helper()
	failed, asked := of.Failed()
	t.Logf("%d of %d requests failed", failed, asked)
	if all {
		assert.Greater(t, failed*10, asked*2, "about a third is to fail")
	}
}

func readLogs(body []byte) (shiptest.Logs, error) {
	logs, err := (&plog.JSONUnmarshaler{}).UnmarshalLogs(body)
	if err != nil {
		return shiptest.Logs{}, err
	}
	var out shiptest.Logs
	resources := logs.ResourceLogs()
	for i := range resources.Len() {
		scopes := resources.At(i).ScopeLogs()
		for j := range scopes.Len() {
			records := scopes.At(j).LogRecords()
			for k := range records.Len() {
				id, ok := records.At(k).Attributes().Get("ringer.event")
				if !ok {
					return shiptest.Logs{}, errors.New("a record without an event")
				}
				replay, marked := records.At(k).Attributes().Get("ringer.replay")
				out.IDs, out.Replays = append(out.IDs, id.Str()), append(out.Replays, marked && replay.Bool())
			}
		}
	}
	return out, nil
}

func TestBulkTakesEachEventOnceWhateverIsLost(t *testing.T) {
	t.Parallel()
	faults := hard
	faults.LoseAnswers = true
	receiver, err := shiptest.NewBulk(faults, nil)
	require.NoError(t, err)
	restarting(t, receiver)
	all := entries(t, "ecs", true, many())
	began := time.Now()
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.Bulk, Batch: bigBatch()}, send.With{Timeout: 100 * time.Millisecond * slack()})
	t.Logf("%.0f events a second", float64(len(all))/time.Since(began).Seconds())
	assert.Equal(t, shiptest.Arrived{Different: len(all), Replays: len(all)}, receiver.Arrived())
	assert.Equal(t, uint64(len(all)), counts.Delivered)
	assert.Positive(t, counts.Already, "answers were lost, so some were there already")
	tellFailures(t, receiver, !testing.Short())
}

func TestBulkCountsWhatIsRefusedByReason(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewBulk(shiptest.Faults{}, func(document []byte) string {
		if bytes.Contains(document, []byte(`auth.log.7`)) {
			return "object mapping for [process] tried to parse field as object"
		}
		return ""
	})
	require.NoError(t, err)
	defer receiver.Close()
	all := entries(t, "ecs", false, 100)
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.Bulk, Batch: 9}, send.With{})
	assert.Equal(t, map[string]uint64{"400 document_parsing_exception: object mapping for [process] tried to parse field as object": 11}, counts.Refused)
	assert.Equal(t, uint64(89), counts.Delivered)
	assert.Equal(t, shiptest.Arrived{Different: 89}, receiver.Arrived())
}

// What was shipped and is shipped once more is there once.
func TestBulkHasWhatWasShippedBefore(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewBulk(shiptest.Faults{}, nil)
	require.NoError(t, err)
	defer receiver.Close()
	to := target.Target{To: receiver.URL(), Format: target.Bulk}
	shipAll(t, entries(t, "ecs", false, 300), to, send.With{})
	counts := shipAll(t, entries(t, "ecs", true, 400), to, send.With{})
	assert.Equal(t, uint64(300), counts.Already)
	assert.Equal(t, uint64(400), counts.Delivered)
	assert.Equal(t, shiptest.Arrived{Different: 400, Replays: 100}, receiver.Arrived())
}

func TestSplunkAcknowledgesEachEventOnce(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewHEC(environment("TOKEN"), true, hard)
	require.NoError(t, err)
	restarting(t, receiver)
	all := entries(t, "jsonl", true, many())
	began := time.Now()
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.HEC, Token: token, Batch: bigBatch()}, send.With{Timeout: 100 * time.Millisecond * slack()})
	t.Logf("%.0f events a second", float64(len(all))/time.Since(began).Seconds())
	assert.Equal(t, uint64(len(all)), counts.Delivered)
	arrived := receiver.Arrived()
	assert.Equal(t, len(all), arrived.Different)
	assert.Equal(t, len(all), arrived.Replays)
	// Only an answer that a restart cut off has a batch sent again; three restarts cut three.
	assert.LessOrEqual(t, arrived.Twice, 3*bigBatch())
	tellFailures(t, receiver, !testing.Short())
}

// Where answers are lost Splunk takes an event twice: each has its id by which that is
// seen.
func TestSplunkWithoutAcknowledgmentLosesNone(t *testing.T) {
	t.Parallel()
	faults := hard
	faults.LoseAnswers = true
	receiver, err := shiptest.NewHEC(environment("TOKEN"), false, faults)
	require.NoError(t, err)
	defer receiver.Close()
	all := entries(t, "jsonl", false, 5000)
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.HEC, Token: token, Batch: 100}, send.With{Timeout: 100 * time.Millisecond * slack()})
	assert.Equal(t, uint64(len(all)), counts.Delivered)
	assert.Equal(t, len(all), receiver.Arrived().Different)
	assert.Positive(t, receiver.Arrived().Twice)
	assert.Zero(t, receiver.Arrived().Replays)
}

func TestTextGoesToSplunkAsText(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewHEC(environment("TOKEN"), true, shiptest.Faults{})
	require.NoError(t, err)
	defer receiver.Close()
	counts := shipAll(t, entries(t, "auditd", false, 50), target.Target{To: receiver.URL(), Format: target.HEC, Token: token, Events: "auditd"}, send.With{})
	assert.Equal(t, uint64(50), counts.Delivered)
	assert.Equal(t, shiptest.Arrived{Different: 50}, receiver.Arrived())
}

func TestTheCollectorTakesAllLogs(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewOTLP(hard, readLogs, "")
	require.NoError(t, err)
	restarting(t, receiver)
	all := entries(t, "otlp", true, many())
	began := time.Now()
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.OTLP, Batch: bigBatch()}, send.With{Timeout: 100 * time.Millisecond * slack()})
	t.Logf("%.0f events a second", float64(len(all))/time.Since(began).Seconds())
	assert.Equal(t, uint64(len(all)), counts.Delivered)
	arrived := receiver.Arrived()
	assert.Equal(t, len(all), arrived.Different)
	assert.Equal(t, len(all), arrived.Replays)
	assert.LessOrEqual(t, arrived.Twice, 3*bigBatch(), "only an answer that a restart cut off has a batch sent again")
	tellFailures(t, receiver, !testing.Short())
}

// Of rejected records only the number is known, and none may be sent again.
func TestWhatTheCollectorRejectsIsCounted(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewOTLP(shiptest.Faults{}, readLogs, "7")
	require.NoError(t, err)
	defer receiver.Close()
	all := entries(t, "otlp", false, 1000)
	counts := shipAll(t, all, target.Target{To: receiver.URL(), Format: target.OTLP}, send.With{})
	assert.Equal(t, map[string]uint64{"rejected, by number alone: too old": 100}, counts.Refused)
	assert.Equal(t, uint64(900), counts.Delivered)
	assert.Equal(t, shiptest.Arrived{Different: 900}, receiver.Arrived())
}

func TestWhatIsWrongForAllStopsAndStaysInTheSpool(t *testing.T) {
	t.Parallel()
	receiver, err := shiptest.NewHEC("another token", true, shiptest.Faults{})
	require.NoError(t, err)
	defer receiver.Close()
	shipper := start(t, t.TempDir(), target.Target{To: receiver.URL(), Format: target.HEC, Token: token}, send.With{})
	for _, e := range entries(t, "jsonl", false, 100) {
		require.NoError(t, shipper.Ship(t.Context(), e))
	}
	counts, err := shipper.Finish(t.Context(), ship.Patience{Idle: 20 * time.Second})
	require.ErrorContains(t, err, `it answered 403 Forbidden: {"code":4,"text":"Invalid token"}`)
	assert.Equal(t, uint64(100), counts.Waiting)
	assert.Zero(t, receiver.Arrived().Different)
}

// slack is how many times as long a request may take where a machine is slow, as under the
// race detector.
func slack() time.Duration {
	if labtest.RaceEnabled {
		return 20
	}
	return 6
}
