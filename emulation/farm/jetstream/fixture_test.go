package jetstream_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ringer-lab/ringer/emulation/farm"
	"github.com/ringer-lab/ringer/emulation/farm/jetstream"
)

// soon is a lease that is short, so that what a worker leaves behind is soon another's.
// On a busy machine a worker that is there may lose its shard too.
const soon = 500 * time.Millisecond

// ledger is one in memory.
type ledger struct {
	mutex   sync.Mutex
	entries map[string]farm.Entry
	writes  map[string]int // by key
	// refuses makes the next writes fail.
	refuses int
}

func newLedger() *ledger {
	return &ledger{entries: map[string]farm.Entry{}, writes: map[string]int{}}
}

func (l *ledger) Entries(_ context.Context, keys []string) (map[string]farm.Entry, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	out := map[string]farm.Entry{}
	for _, key := range keys {
		if entry, ok := l.entries[key]; ok {
			out[key] = entry
		}
	}
	return out, nil
}

func (l *ledger) Forget(_ context.Context, key string) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	delete(l.entries, key)
	return nil
}

func (l *ledger) Enter(_ context.Context, entry farm.Entry) (bool, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.refuses > 0 {
		l.refuses--
		return false, errors.New("no space left on device")
	}
	if _, ok := l.entries[entry.Key]; ok {
		return false, nil
	}
	l.entries[entry.Key] = entry
	l.writes[entry.Key]++
	return true, nil
}

// shards are so many shards of one job.
func shards(n int) []farm.Shard {
	var out []farm.Shard
	for i := range n {
		sum := sha256.Sum256(fmt.Appendf(nil, "shard %d", i))
		out = append(out, farm.Shard{Key: hex.EncodeToString(sum[:]), Scenario: fmt.Sprintf("scenario-%d", i), Job: "job"})
	}
	return out
}

// recordingOf is what the performance of a shard comes to.
func recordingOf(shard farm.Shard) []byte {
	return bytes.Repeat([]byte("recording of "+shard.Key+"\n"), 3000)
}

// testFarm is a farm on the loopback.
type testFarm struct {
	t      *testing.T
	folder string
	ledger *ledger
	shards []farm.Shard
	listen string
	lease  time.Duration
	counts func() farm.Counts
}

func newFarm(t *testing.T, n int) *testFarm {
	return &testFarm{t: t, folder: t.TempDir(), ledger: newLedger(), shards: shards(n), listen: "127.0.0.1:0", lease: time.Minute}
}

// serve has a coordinator run until ctx ends or all is entered, and returns how.
func (f *testFarm) serve(ctx context.Context) (jetstream.Invitation, func() error) {
	f.t.Helper()
	server, err := jetstream.Serve(ctx, jetstream.Options{Listen: f.listen, Folder: filepath.Join(f.folder, "farm"), Lease: f.lease, Now: time.Now})
	require.NoError(f.t, err)
	f.listen = server.Invitation.Server
	require.NoError(f.t, server.PutJob(ctx, "job", []byte("the job")))
	recordings := filepath.Join(f.folder, "recordings")
	require.NoError(f.t, os.MkdirAll(recordings, 0o700))
	coordinator := &farm.Coordinator{Queue: server, Ledger: f.ledger, Folder: recordings, MaxBytes: 1 << 20, Now: time.Now, Check: check}
	f.counts = coordinator.Counts
	ended := make(chan error, 1)
	var finished sync.Once
	done := make(chan struct{})
	require.NoError(f.t, server.Answer(f.lease, time.Now, func() (farm.Counts, bool) {
		select {
		case <-done:
			return coordinator.Counts(), true
		default:
			return coordinator.Counts(), false
		}
	}))
	go func() {
		_, err := coordinator.Run(ctx, f.shards)
		finished.Do(func() { close(done) })
		if ctx.Err() == nil {
			server.Dismiss(ctx, 10*time.Second)
		}
		server.Close()
		ended <- err
	}()
	return server.Invitation, func() error { return <-ended }
}

// check is of a test's recordings what opening them is of real ones.
func check(path string, shard farm.Shard) (map[string]int, error) {
	got, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(got, recordingOf(shard)) {
		err = errors.New("the seal does not hold")
	}
	return map[string]int{"detected": 1}, err
}

// work has a worker perform until the farm is finished.
func (f *testFarm) work(ctx context.Context, invitation jetstream.Invitation, name string, perform func(context.Context, farm.Shard) ([]byte, error)) (int, error) {
	client, err := jetstream.Dial(ctx, invitation, name, 10*time.Second, time.Now)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	worker := farm.Worker{Name: name, Work: client, Extend: f.lease / 4, Now: time.Now, Observe: func(farm.Finished) {}, Perform: func(ctx context.Context, job []byte, shard farm.Shard) (string, error) {
		if string(job) != "the job" {
			return "", errors.New("another job")
		}
		recording, err := perform(ctx, shard)
		if err != nil {
			return "", err
		}
		file, err := os.CreateTemp(f.folder, "performed-*")
		if err != nil {
			return "", err
		}
		_, err = file.Write(recording)
		return file.Name(), errors.Join(err, file.Close())
	}}
	return worker.Run(ctx)
}

func perform(_ context.Context, shard farm.Shard) ([]byte, error) { return recordingOf(shard), nil }

// finish has one sound worker perform the rest, and holds that all is complete.
func (f *testFarm) finish(invitation jetstream.Invitation, ended func() error) {
	f.t.Helper()
	_, err := f.work(f.t.Context(), invitation, "sound", perform)
	require.NoError(f.t, err)
	require.NoError(f.t, ended())
	f.complete()
}

// complete holds that each shard was counted once, with its recording.
func (f *testFarm) complete() {
	f.t.Helper()
	require.Len(f.t, f.ledger.entries, len(f.shards))
	for _, shard := range f.shards {
		entry := f.ledger.entries[shard.Key]
		assert.Equal(f.t, 1, f.ledger.writes[shard.Key])
		verdicts, err := check(entry.Recording, shard)
		require.NoError(f.t, err)
		assert.Equal(f.t, verdicts, entry.Verdicts)
	}
}

// proxy is a network between a worker and the server that can be cut.
type proxy struct {
	listener net.Listener
	to       string
	mutex    sync.Mutex
	cut      bool
	open     map[net.Conn]bool
}

func newProxy(t *testing.T, to string) *proxy {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{listener: listener, to: to, open: map[net.Conn]bool{}}
	t.Cleanup(func() { listener.Close(); p.set(true) })
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			go p.pass(from)
		}
	}()
	return p
}

func (p *proxy) pass(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", p.to)
	if err != nil {
		return
	}
	defer to.Close()
	p.mutex.Lock()
	if p.cut {
		p.mutex.Unlock()
		return
	}
	p.open[from], p.open[to] = true, true
	p.mutex.Unlock()
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(to, from); to.Close() })
	both.Go(func() { _, _ = io.Copy(from, to); from.Close() })
	both.Wait()
}

// set cuts the network, or heals it.
func (p *proxy) set(cut bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.cut = cut
	for conn := range maps.Keys(p.open) {
		conn.Close()
	}
	clear(p.open)
}
