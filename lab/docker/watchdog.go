package docker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// A killed runner's containers end by themselves, but for one that was created
// and not yet started. So a second process of ours waits for the runner's end
// and removes what carries its lease.

// WatchdogCommand is the command with which the runner starts its own binary for
// that; the lease follows.
const WatchdogCommand = "watchdog"

// stopWord is what a runner that has cleaned up itself says to its watchdog.
const stopWord = "."

const (
	// watchdogQuiet is how long after its last removal it goes on looking: an engine
	// finishes the creation that a killed runner had asked for.
	watchdogQuiet = 4 * time.Second
	// watchdogLimit is how long it works in all; a sweep at the next start has the rest.
	watchdogLimit = 8 * time.Second
	watchdogPoll  = 200 * time.Millisecond
	// watchdogEnd is how long it may take to end once it was stopped.
	watchdogEnd = 2 * time.Second
)

// watchdog is the runner's end of it.
type watchdog struct {
	process *exec.Cmd
	pipe    io.WriteCloser
	ended   chan error
}

// startWatchdog must come before the first container.
func startWatchdog(binary, lease string) (*watchdog, error) {
	process := exec.Command(binary, WatchdogCommand, lease)
	process.Args[0] = "ringer" // as it is to be found in a list of processes
	// No folder held, and none of the runner's streams, so that nobody waits for it.
	process.SysProcAttr = detached()
	process.Dir = "/"
	pipe, err := process.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start watchdog: %w", err)
	}
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("start watchdog: %w", err)
	}
	j := &watchdog{process: process, pipe: pipe, ended: make(chan error, 1)}
	go func() { j.ended <- process.Wait() }()
	return j, nil
}

// stop says that there is nothing to do, and waits for its end.
func (j *watchdog) stop() error {
	if _, err := io.WriteString(j.pipe, stopWord); err != nil {
		return fmt.Errorf("stop watchdog: %w", err)
	}
	_ = j.pipe.Close() // it is only read until its end
	late := time.NewTimer(watchdogEnd)
	defer late.Stop()
	select {
	case err := <-j.ended:
		if err != nil {
			return fmt.Errorf("stop watchdog: %w", err)
		}
		return nil
	case <-late.C:
		_ = j.process.Process.Kill() // it may have ended just now
		<-j.ended
		return errors.New("stop watchdog: it did not stop and was killed")
	}
}

// release has it do its work.
func (j *watchdog) release() { _ = j.pipe.Close() }

// WatchdogMain is the command `watchdog`: it waits for the runner at the other end
// of in to end, and removes what that left under its lease. It always ends soon
// after the runner. The error is that lease is not one, runner.ErrNoLab where no engine
// answers, or what the engine refused last.
func WatchdogMain(ctx context.Context, in io.Reader, lease string, env func(string) string) error {
	word, err := io.ReadAll(in)
	if err == nil && string(word) == stopWord {
		return nil
	}
	if !leaseForm.MatchString(lease) {
		return fmt.Errorf("watch lease %q: expected 16 hexadecimal digits", lease)
	}
	ctx, cancel := context.WithTimeout(ctx, watchdogLimit)
	defer cancel()
	found, err := connect(ctx, env)
	if err != nil {
		return err
	}
	defer found.Close()
	quiet := time.NewTimer(watchdogQuiet)
	defer quiet.Stop()
	poll := time.NewTicker(watchdogPoll)
	defer poll.Stop()
	for {
		gone, err := found.removeLeased(ctx, lease)
		if len(gone) > 0 || err != nil {
			quiet.Reset(watchdogQuiet)
		}
		select {
		case <-quiet.C:
			return nil
		case <-ctx.Done():
			return err
		case <-poll.C:
		}
	}
}
