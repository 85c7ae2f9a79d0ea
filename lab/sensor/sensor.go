//go:build linux

package sensor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ErrUnsupported says that there is no sensor for this processor architecture.
var ErrUnsupported = errors.New("the sensor can trace system calls on amd64 only")

// StartError says why a command's program was not executed.
type StartError struct {
	Path string
	Err  error
}

func (e *StartError) Error() string { return "start " + e.Path + ": " + e.Err.Error() }

// TooManyThreadsError says that a tree had more threads at once than it may.
type TooManyThreadsError struct{ Limit int }

func (e *TooManyThreadsError) Error() string {
	return fmt.Sprintf("the processes of the step had more than %d threads at once, which is the most: they were ended", e.Limit)
}

// Unwrap returns the kernel's reason, which is never nil.
func (e *StartError) Unwrap() error { return e.Err }

// Sensor watches one asset. The zero value is ready; several trees can be
// traced at once.
type Sensor struct {
	// Capture names the files whose content is reported when the process that
	// wrote them ends, or before another act replaces it. Nil captures none. It
	// is called with real paths, from the goroutines that trace.
	Capture func(path string) bool
	// Head gives what is reported of the content of an executed or mapped file of some
	// size, in bytes. Nil reports its first bytes. It is called from the goroutines that
	// trace.
	Head func(file io.ReaderAt, size int64) []byte
	// MaxThreads is how many threads a tree may have at once before it is ended; 0 is
	// any number. It should leave the tracer some, where all share a limit.
	MaxThreads int
	// OnDrop is called for each act that is known to have been, but could not be reported,
	// from the goroutines that trace: a tree that goes on has no result yet. Nil is nobody.
	OnDrop func()

	keys    atomic.Uint64
	digests digests
}

// Command is the first process of a tree.
type Command struct {
	// Path is the program, Args the argument vector, its own name first.
	Path string
	Args []string
	// Env is the whole environment; it does not inherit the caller's.
	Env []string
	Dir string
	// Files are standard input, output and error.
	Files [3]*os.File
}

// Result is what is known once a tree has ended.
type Result struct {
	// Code is the first process's exit code, or 128 plus the signal.
	Code int
	// Dropped counts acts that are known to have been, but could not be reported.
	Dropped uint64
	// DropReasons explains each drop, the first twenty.
	DropReasons []string
}

// Trace starts a command and returns when it and all its descendants have
// ended, however far they went from their parents. Observations are given to
// sink in the order in which the kernel completed them, each process's fork
// before its acts and its exit after them; Seq, At and Step are the caller's to
// fill in. The sink is called from one goroutine, and the tree waits for it.
//
// Once ctx is done the whole tree is killed, and the error is ctx's cause; once it has
// more than MaxThreads threads it is killed too, and the error is a
// *TooManyThreadsError. If the program cannot be executed, the error is a *StartError and nothing is
// reported.
func (s *Sensor) Trace(ctx context.Context, command Command, sink func(event.Observation)) (Result, error) {
	var result Result
	var err error
	onLockedThread(func() { result, err = s.trace(ctx, command, sink) })
	return result, err
}

func (s *Sensor) trace(ctx context.Context, command Command, sink func(event.Observation)) (Result, error) {
	if !Supported {
		return Result{}, ErrUnsupported
	}
	if ctx.Err() != nil {
		return Result{}, context.Cause(ctx)
	}
	if err := errors.Join(pinToCPU(), setNoCldStop()); err != nil {
		return Result{}, err
	}
	root, err := launch(command)
	if err != nil {
		return Result{}, &StartError{command.Path, err}
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	t := newTracer(s, sink, root)
	t.end = end
	stop := t.killWhen(ctx)
	err = t.follow()
	stop()
	switch {
	case ctx.Err() != nil:
		return t.result, context.Cause(ctx)
	case err != nil:
		return t.result, fmt.Errorf("trace %s: %w", command.Path, err)
	case t.execError != 0:
		return Result{}, &StartError{command.Path, t.execError}
	}
	return t.result, nil
}
