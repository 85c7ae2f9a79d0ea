package jetstream_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
)

func TestThreeWorkersPerformEachShardOnce(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 30)
	invitation, ended := f.serve(t.Context())
	var workers sync.WaitGroup
	sum := make([]int, 3)
	for i := range sum {
		workers.Go(func() {
			n, err := f.work(t.Context(), invitation, fmt.Sprint("worker-", i), perform)
			assert.NoError(t, err)
			sum[i] = n
		})
	}
	require.NoError(t, ended())
	workers.Wait()
	f.complete()
	assert.Equal(t, 30, sum[0]+sum[1]+sum[2])
	assert.Equal(t, farm.Counts{Planned: 30, Offered: 30, Entered: 30, Performing: f.counts().Performing, Entering: f.counts().Entering}, f.counts())
}

func TestNothingIsPerformedThatTheLedgerHas(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 3)
	for _, shard := range f.shards {
		kept := filepath.Join(f.folder, shard.Key)
		require.NoError(t, os.WriteFile(kept, recordingOf(shard), 0o600))
		f.ledger.entries[shard.Key] = farm.Entry{Key: shard.Key, Recording: kept}
	}
	_, ended := f.serve(t.Context())
	require.NoError(t, ended())
	assert.Equal(t, farm.Counts{Planned: 3, Kept: 3}, f.counts())
}

func TestARecordingThatWasLostIsPerformedAgain(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 2)
	f.ledger.entries[f.shards[0].Key] = farm.Entry{Key: f.shards[0].Key, Recording: filepath.Join(f.folder, "gone")}
	invitation, ended := f.serve(t.Context())
	f.finish(invitation, ended)
}

func TestAWorkerThatIsUnfitLeavesTheShardToAnother(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 2)
	invitation, ended := f.serve(t.Context())
	_, err := f.work(t.Context(), invitation, "other build", func(context.Context, farm.Shard) ([]byte, error) {
		return nil, fmt.Errorf("%w: another build", farm.ErrUnfit)
	})
	require.ErrorIs(t, err, farm.ErrUnfit)
	f.finish(invitation, ended)
}

// A worker may take shards, read jobs and hand in; all else is the coordinator's.
func TestAWorkerCanDoNothingElse(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	invitation, ended := f.serve(ctx)
	t.Cleanup(func() { stop(); _ = ended() })
	other := invitation
	other.Certificate = strings.Repeat("0", 64)
	_, err := jetstream.Dial(t.Context(), other, "stranger", time.Second, time.Now)
	require.ErrorContains(t, err, "certificate")
	stranger, err := nkeys.CreateUser()
	require.NoError(t, err)
	seed, err := stranger.Seed()
	require.NoError(t, err)
	other = invitation
	other.Seed = string(seed)
	_, err = jetstream.Dial(t.Context(), other, "stranger", time.Second, time.Now)
	require.ErrorContains(t, err, "Authorization")
	key, err := nkeys.FromSeed([]byte(invitation.Seed))
	require.NoError(t, err)
	public, err := key.PublicKey()
	require.NoError(t, err)
	denied := make(chan error, 1)
	conn, err := nats.Connect("tls://"+invitation.Server, nats.Nkey(public, key.Sign), nats.Secure(&tls.Config{InsecureSkipVerify: true}), nats.TLSHandshakeFirst(),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { denied <- err }))
	require.NoError(t, err)
	defer conn.Close()
	for _, subject := range []string{
		"farm.shard.forged", "$JS.API.STREAM.DELETE.SHARDS", "$JS.API.STREAM.PURGE.SHARDS", "$JS.API.STREAM.MSG.DELETE.SHARDS", "$JS.API.STREAM.CREATE.OWN",
		"$JS.API.CONSUMER.DELETE.SHARDS.workers", "$JS.API.CONSUMER.CREATE.SHARDS.own", "$JS.API.CONSUMER.CREATE.OBJ_uploads.own", "$JS.API.STREAM.DELETE.OBJ_jobs",
		"$JS.API.CONSUMER.MSG.NEXT.FINISHED.coordinator", "$JS.ACK.FINISHED.coordinator.1.1.1.1.1", "$O.jobs.C.x", "$O.jobs.M.x", "$SYS.REQ.SERVER.PING",
	} {
		require.NoError(t, conn.Publish(subject, []byte("{}")))
		require.NoError(t, conn.Flush())
		select {
		case err := <-denied:
			assert.ErrorContains(t, err, "Permissions Violation", subject)
		case <-time.After(10 * time.Second):
			assert.Fail(t, "a worker may publish to "+subject)
		}
	}
	_, err = conn.SubscribeSync("farm.>")
	require.NoError(t, err)
	require.NoError(t, conn.Flush())
	require.ErrorContains(t, <-denied, "Permissions Violation")
}

func TestAnInvitationIsReadOrRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{}", "not JSON", `{"server":"a:1","certificate_sha256":"zz","seed":"x"}`, `{"server":"a:1","certificate_sha256":"` + strings.Repeat("a", 64) + `","seed":"SUx"}`} {
		_, err := jetstream.ParseInvitation([]byte(text))
		require.Error(t, err, text)
	}
}

func TestAWorkerThatDisappearsLosesNothing(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 4)
	f.lease = soon
	invitation, ended := f.serve(t.Context())
	// It takes a shard and is never heard of again.
	client, err := jetstream.Dial(t.Context(), invitation, "gone", time.Second, time.Now)
	require.NoError(t, err)
	task, err := client.Next(t.Context())
	require.NoError(t, err)
	require.NotNil(t, task)
	client.Close()
	f.finish(invitation, ended)
}

func TestTwoWorkersThatFinishOneShardCountOnce(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 2)
	f.lease = soon
	invitation, ended := f.serve(t.Context())
	// The first takes a shard, is silent for longer than its lease, and hands it in.
	slow, err := jetstream.Dial(t.Context(), invitation, "slow", time.Second, time.Now)
	require.NoError(t, err)
	task, err := slow.Next(t.Context())
	require.NoError(t, err)
	require.NotNil(t, task)
	shard := task.Shard()
	handIn := func() {
		sum := sha256.Sum256(recordingOf(shard))
		require.NoError(t, task.HandIn(t.Context(), farm.Finished{Shard: shard, Worker: "slow", Digest: hex.EncodeToString(sum[:]), Size: int64(len(recordingOf(shard)))}, bytes.NewReader(recordingOf(shard))))
		slow.Close()
	}
	_, err = f.work(t.Context(), invitation, "quick", func(_ context.Context, got farm.Shard) ([]byte, error) {
		if got.Key == shard.Key {
			handIn()
		}
		return recordingOf(got), nil
	})
	require.NoError(t, err)
	require.NoError(t, ended())
	f.complete()
}

func TestWhatIsNoRecordingIsPerformedAgain(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 3)
	invitation, ended := f.serve(t.Context())
	tries := map[string]int{}
	_, err := f.work(t.Context(), invitation, "careless", func(_ context.Context, shard farm.Shard) ([]byte, error) {
		if tries[shard.Key]++; tries[shard.Key] == 1 {
			return []byte("half a recor"), nil
		}
		return recordingOf(shard), nil
	})
	require.NoError(t, err)
	require.NoError(t, ended())
	f.complete()
	assert.Equal(t, 3, f.counts().Refused)
}

func TestACorruptedUploadIsRefused(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 1)
	invitation, ended := f.serve(t.Context())
	client, err := jetstream.Dial(t.Context(), invitation, "broken", time.Second, time.Now)
	require.NoError(t, err)
	task, err := client.Next(t.Context())
	require.NoError(t, err)
	require.NotNil(t, task)
	changed := recordingOf(task.Shard())
	sum := sha256.Sum256(changed)
	told := farm.Finished{Shard: task.Shard(), Worker: "broken", Digest: hex.EncodeToString(sum[:]), Size: int64(len(changed))}
	changed[100] ^= 1
	require.NoError(t, task.HandIn(t.Context(), told, bytes.NewReader(changed)))
	client.Close()
	f.finish(invitation, ended)
	assert.Equal(t, 1, f.counts().Refused)
}

func TestAFullDiskOnlyDelays(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 2)
	f.ledger.refuses = 1
	invitation, ended := f.serve(t.Context())
	f.finish(invitation, ended)
	assert.Equal(t, 1, f.counts().Delayed)
}

func TestAShardThatCannotBePerformedIsGivenUpAndNamed(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 2)
	invitation, ended := f.serve(t.Context())
	_, err := f.work(t.Context(), invitation, "worker", func(_ context.Context, shard farm.Shard) ([]byte, error) {
		if shard.Scenario == "scenario-1" {
			return nil, errors.New("there is no engine")
		}
		return recordingOf(shard), nil
	})
	require.NoError(t, err)
	var failed *farm.FailedError
	require.ErrorAs(t, ended(), &failed)
	assert.Equal(t, map[string]string{"scenario-1": "there is no engine"}, failed.Scenarios)
	assert.Len(t, f.ledger.entries, 1)
}

func TestAServerThatIsStartedAgainGoesOn(t *testing.T) {
	t.Parallel()
	for name, loseQueue := range map[string]bool{"with its queue": false, "with a lost queue": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFarm(t, 12)
			f.lease = soon
			ctx, stop := context.WithCancel(t.Context())
			invitation, ended := f.serve(ctx)
			result := make(chan error, 1)
			performed := make(chan struct{}, len(f.shards)*3)
			go func() {
				_, err := f.work(t.Context(), invitation, "worker", func(ctx context.Context, shard farm.Shard) ([]byte, error) {
					performed <- struct{}{}
					return recordingOf(shard), nil
				})
				result <- err
			}()
			for range 4 {
				<-performed
			}
			stop()
			require.ErrorIs(t, ended(), context.Canceled)
			if loseQueue {
				require.NoError(t, os.RemoveAll(filepath.Join(f.folder, "farm", "queue")))
			}
			_, ended = f.serve(t.Context())
			require.NoError(t, ended())
			require.NoError(t, <-result)
			f.complete()
		})
	}
}

func TestACutNetworkLosesNothing(t *testing.T) {
	t.Parallel()
	f := newFarm(t, 6)
	f.lease = soon
	invitation, ended := f.serve(t.Context())
	network := newProxy(t, invitation.Server)
	far := invitation
	far.Server = network.listener.Addr().String()
	n := 0
	_, err := f.work(t.Context(), far, "far", func(_ context.Context, shard farm.Shard) ([]byte, error) {
		if n++; n == 2 {
			network.set(true) // until long after its lease
			time.AfterFunc(3*f.lease, func() { network.set(false) })
		}
		return recordingOf(shard), nil
	})
	require.NoError(t, err)
	require.NoError(t, ended())
	f.complete()
}
