package farm

import (
	"context"
	"errors"
	"io"
	"time"
)

// Shard is what one worker performs at a time: one scenario of a job.
type Shard struct {
	// Key is the digest of all that decides what is performed, in hex. Two performances
	// with the same key are the same.
	Key string `json:"key"`
	// Scenario is the scenario's name in the job.
	Scenario string `json:"scenario"`
	// Job is the name of the job's sources in the queue: a sealed recording in which
	// nothing was performed yet.
	Job string `json:"job"`
}

// Entry is one shard's result, as the ledger has it.
type Entry struct {
	Key      string `json:"key"`
	Scenario string `json:"scenario"`
	// Recording is the file with the recording, Digest its SHA-256 in hex.
	Recording string `json:"recording"`
	Digest    string `json:"sha256"`
	// Verdicts counts how its expectations were judged, by verdict.
	Verdicts map[string]int `json:"verdicts"`
	// Worker performed it, in Took.
	Worker string        `json:"worker"`
	Took   time.Duration `json:"took"`
}

// Ledger is the truth of a farm: which shard has a result. It outlives queues,
// coordinators and machines.
type Ledger interface {
	// Entries returns those of the keys that have a result. It fails if the ledger cannot
	// be read.
	Entries(ctx context.Context, keys []string) (map[string]Entry, error)
	// Enter writes a result down, whole or not at all. It returns false, and changes
	// nothing, if the key has one. It fails if the ledger cannot be written.
	Enter(ctx context.Context, entry Entry) (bool, error)
	// Forget removes a result whose recording was lost, so that it can be entered again.
	// It fails if the ledger cannot be written.
	Forget(ctx context.Context, key string) error
}

// Finished says in which way a worker ended a shard.
type Finished struct {
	Shard
	Worker string `json:"worker"`
	// Took is how long the performance took. Digest is the SHA-256, in hex, and Size the
	// number of bytes of the recording.
	Took   time.Duration `json:"took"`
	Digest string        `json:"sha256"`
	Size   int64         `json:"size"`
	// Error says why there is no recording; empty if there is one.
	Error string `json:"error,omitempty"`
}

// Delivery is what a worker handed in. The queue keeps it until it is settled.
type Delivery interface {
	Finished() Finished
	// Recording reads what was uploaded, which may be anything. It fails if the queue cannot
	// be asked.
	Recording(ctx context.Context) (io.ReadCloser, error)
	// Settle takes it out of the queue. It fails if the queue does not say that it did.
	Settle(ctx context.Context) error
	// Return has it delivered again later. It fails if the queue cannot be told.
	Return(ctx context.Context) error
}

// Queue is the coordinator's end of a queue.
type Queue interface {
	// Queued returns the keys that are offered, being performed, or handed in. It fails if
	// the queue cannot be asked.
	Queued(ctx context.Context) (map[string]bool, error)
	// Offer lets workers perform a shard. It fails if the queue does not have it.
	Offer(ctx context.Context, shard Shard) error
	// Next waits for what a worker handed in. It returns nil if nothing came for a while, and
	// fails if the queue cannot be asked or ctx ends.
	Next(ctx context.Context) (Delivery, error)
}

// ErrFarmFinished says that a farm has nothing more to perform.
var ErrFarmFinished = errors.New("the farm has nothing more to perform")

// ErrUnfit says that a worker cannot perform a job at all: it is built differently, or has
// no lab. Another may.
var ErrUnfit = errors.New("this worker cannot perform the job")

// Task is a shard that a worker has been given, until it hands it in or does not
// extend its time.
type Task interface {
	Shard() Shard
	// Extend says that the shard is still being performed. It fails if the queue cannot
	// be reached.
	Extend(ctx context.Context) error
	// HandIn uploads a recording, unless finished has an error, and says that the shard is
	// finished. It returns nil once the queue has both on its disk.
	HandIn(ctx context.Context, finished Finished, recording io.Reader) error
	// Return lets another worker have the shard. It fails if the queue cannot be told.
	Return(ctx context.Context) error
}

// Work is a worker's end of a queue.
type Work interface {
	// Next waits for a shard. It returns nil if there was none for a while, and
	// ErrFarmFinished if there will be none; any other error ends the worker.
	Next(ctx context.Context) (Task, error)
	// Job reads the sources of a job. It fails if the queue does not have them.
	Job(ctx context.Context, name string) ([]byte, error)
}
