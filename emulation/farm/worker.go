package farm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Worker performs what a queue has, one shard at a time, until there is nothing more.
type Worker struct {
	Name string
	Work Work
	// Perform performs a shard of a job and returns the file with its sealed recording,
	// which the worker removes. An error is told to the coordinator, but for one that wraps
	// ErrUnfit: it ends the worker, and another performs the shard.
	Perform func(ctx context.Context, job []byte, shard Shard) (path string, err error)
	// Extend is how often the queue is told that a shard is still being performed.
	Extend time.Duration
	Now    func() time.Time
	// Observe is told of each shard that ended.
	Observe func(Finished)

	jobs map[string][]byte
}

// Run performs shards until the farm is finished, and returns how many it handed in. It
// fails if the queue cannot be reached any more, or ctx ends; a shard that was begun is
// then given back.
func (w *Worker) Run(ctx context.Context) (int, error) {
	w.jobs = map[string][]byte{}
	done := 0
	for {
		task, err := w.Work.Next(ctx)
		switch {
		case errors.Is(err, ErrFarmFinished):
			return done, nil
		case ctx.Err() != nil:
			return done, context.Cause(ctx)
		case err != nil:
			return done, fmt.Errorf("ask for work: %w", err)
		case task == nil:
			continue
		}
		if err := w.do(ctx, task); err != nil {
			return done, err
		}
		done++
	}
}

// do performs one shard and hands it in.
func (w *Worker) do(ctx context.Context, task Task) error {
	shard := task.Shard()
	stop := w.extend(ctx, task)
	defer stop()
	finished := Finished{Shard: shard, Worker: w.Name}
	job, err := w.job(ctx, shard.Job)
	if err != nil {
		return errors.Join(fmt.Errorf("read job: %w", err), w.giveBack(ctx, task))
	}
	began := w.Now()
	path, err := w.Perform(ctx, job, shard)
	finished.Took = w.Now().Sub(began)
	if ctx.Err() != nil {
		return errors.Join(context.Cause(ctx), remove(path), w.giveBack(ctx, task))
	}
	if errors.Is(err, ErrUnfit) {
		return errors.Join(err, w.giveBack(ctx, task))
	}
	if err != nil {
		finished.Error = err.Error()
	}
	err = w.handIn(ctx, task, finished, path)
	w.Observe(finished)
	return errors.Join(err, remove(path))
}

// job reads the sources of a job once.
func (w *Worker) job(ctx context.Context, name string) ([]byte, error) {
	if job, ok := w.jobs[name]; ok {
		return job, nil
	}
	job, err := w.Work.Job(ctx, name)
	if err == nil {
		w.jobs = map[string][]byte{name: job} // a worker has one at a time
	}
	return job, err
}

// extend says now and then that a task is still being performed. Where the queue cannot
// be reached another worker is given the shard; whoever is first counts.
func (w *Worker) extend(ctx context.Context, task Task) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			_ = task.Extend(ctx)
			select {
			case <-ctx.Done():
				return
			case <-time.After(w.Extend):
			}
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}

// handInTries is how often a finished shard is handed in, with a growing pause.
const handInTries = 8

// handIn uploads a recording, again if it fails: it is worth more than a pause.
func (w *Worker) handIn(ctx context.Context, task Task, finished Finished, path string) error {
	if path != "" && finished.Error == "" {
		var err error
		if finished.Digest, finished.Size, err = digest(path); err != nil {
			return fmt.Errorf("read recording: %w", err)
		}
	}
	pause := 100 * time.Millisecond
	for try := 1; ; try++ {
		err := w.upload(ctx, task, finished, path)
		if err == nil || ctx.Err() != nil || try == handInTries {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
			pause *= 2
		}
	}
}

func (w *Worker) upload(ctx context.Context, task Task, finished Finished, path string) error {
	if finished.Error != "" {
		return task.HandIn(ctx, finished, nil)
	}
	file, err := userfile.Open(path)
	if err != nil {
		return fmt.Errorf("read recording: %w", err)
	}
	defer file.Close()
	if err := task.HandIn(ctx, finished, file); err != nil {
		return fmt.Errorf("hand in %s: %w", finished.Scenario, err)
	}
	return nil
}

func digest(path string) (sum string, size int64, err error) {
	file, err := userfile.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	hash := sha256.New()
	size, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), size, err
}

// giveBack lets another worker have a shard at once, also where ctx has ended.
func (w *Worker) giveBack(ctx context.Context, task Task) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	return task.Return(ctx)
}

func remove(path string) error {
	if path == "" {
		return nil
	}
	return os.Remove(path)
}
