package jetstream

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/ringer-lab/ringer/emulation/farm"
)

// Status is how a farm stands.
type Status struct {
	Format string `json:"format"`
	farm.Counts
	// Finished tells workers that there is nothing more to perform.
	Finished bool `json:"finished"`
	// UnderWay are the shards that workers say they perform, by worker.
	UnderWay []UnderWay `json:"under_way"`
}

// StatusFormat is the name of the document's schema.
const StatusFormat = "ringer.farm/1"

// UnderWay is a shard that a worker performs.
type UnderWay struct {
	Worker   string `json:"worker"`
	Scenario string `json:"scenario"`
	// Seconds is for how long.
	Seconds float64 `json:"seconds"`
}

// aliveMessage is what a worker says now and then; without a key it performs nothing.
type aliveMessage struct {
	Worker   string `json:"worker"`
	Scenario string `json:"scenario"`
	Key      string `json:"key"`
	// Leaves says that it is the worker's last word.
	Leaves bool `json:"leaves,omitempty"`
}

// performing is one worker's last word.
type performing struct {
	aliveMessage
	since, heard time.Time
	// told is whether it has heard that the farm is finished.
	told bool
}

// board remembers which worker performs what.
type board struct {
	mutex   sync.Mutex
	workers map[string]performing
	now     func() time.Time
}

func (b *board) hear(message *nats.Msg) {
	var told aliveMessage
	if json.Unmarshal(message.Data, &told) != nil {
		return
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if told.Leaves {
		delete(b.workers, told.Worker)
		return
	}
	at := b.now()
	known, ok := b.workers[told.Worker]
	if !ok && len(b.workers) >= mostWorkers {
		return
	}
	if known.Key != told.Key {
		known.since = at
	}
	b.workers[told.Worker] = performing{told, known.since, at, known.told}
}

// dismiss notes that a worker has heard that the farm is finished.
func (b *board) dismiss(worker string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if known, ok := b.workers[worker]; ok {
		known.told = true
		b.workers[worker] = known
	}
}

// dismissed reports whether every worker has heard that the farm is finished. One that was
// silent for longer than the lease is gone.
func (b *board) dismissed(lease time.Duration) bool {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, p := range b.workers {
		if !p.told && b.now().Sub(p.heard) <= lease {
			return false
		}
	}
	return true
}

// mostWorkers bounds how many are remembered.
const mostWorkers = 10_000

// underWay lists who has said within the lease what it performs.
func (b *board) underWay(lease time.Duration) []UnderWay {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	out := []UnderWay{}
	at := b.now()
	for _, p := range b.workers {
		if p.Key != "" && at.Sub(p.heard) <= lease {
			out = append(out, UnderWay{p.Worker, p.Scenario, at.Sub(p.since).Seconds()})
		}
	}
	slices.SortFunc(out, func(a, b UnderWay) int { return strings.Compare(a.Worker, b.Worker) })
	return out
}

// Answer has whoever asks told how the farm stands, until the server is closed. It fails
// if the server is closed already.
func (s *Server) Answer(lease time.Duration, now func() time.Time, counts func() (farm.Counts, bool)) error {
	b := &board{workers: map[string]performing{}, now: now}
	s.board = b
	if _, err := s.conn.Subscribe(aliveSubject, b.hear); err != nil {
		return err
	}
	_, err := s.conn.Subscribe(statusSubject, func(question *nats.Msg) {
		status := Status{Format: StatusFormat}
		status.Counts, status.Finished = counts()
		status.UnderWay = b.underWay(lease)
		text, err := json.Marshal(status)
		if err == nil && question.Respond(text) == nil && status.Finished {
			b.dismiss(string(question.Data))
		}
	})
	return err
}

// Dismiss waits until every worker has heard that the farm is finished, or for as long as
// given: one may be away for good. A server that was started again does not know yet who
// worked for it before.
func (s *Server) Dismiss(ctx context.Context, most time.Duration) {
	if s.awaited {
		select {
		case <-ctx.Done():
			return
		case <-time.After(returnTime):
		}
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for !s.board.dismissed(most) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(dismissPause):
		}
	}
	_ = s.conn.FlushWithContext(ctx) // the last answers
}

const dismissPause = 50 * time.Millisecond

// returnTime is how long workers take to find a server that was started again.
const returnTime = 3 * time.Second
