package cli

import (
	"context"
	"errors"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/debian"
)

// The exit codes. Only this package knows their numbers.
const (
	exitMet         = 0   // every expectation is met
	exitNotMet      = 1   // one is not
	exitInvalid     = 2   // invalid input; nothing was started
	exitNoLab       = 3   // there is no lab, or nothing to make its images of
	ExitBroke       = 4   // the run failed, or ringer itself did
	exitInterrupted = 130 // Ctrl-C
)

// errInvalid marks invalid input whose diagnostics are already written.
var errInvalid = errors.New("invalid input")

// errNotMet marks a run or a check that did not end as expected.
var errNotMet = errors.New("not met")

// usageError marks an invalid command line.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// exitCode returns the exit code for a command's error; an interruption takes
// precedence.
func exitCode(ctx context.Context, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitMet
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, errInvalid), errors.As(err, &usage):
		return exitInvalid
	case errors.Is(err, errNotMet):
		return exitNotMet
	case errors.Is(err, runner.ErrNoLab), errors.Is(err, debian.ErrUnavailable):
		return exitNoLab
	}
	return ExitBroke
}

// verdictError returns the error for the worst verdict of a run; nil if it is met or
// skipped.
func verdictError(worst verdict.Verdict) error {
	switch worst {
	case verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.Skipped:
		return nil
	case verdict.NoEffect, verdict.DetectedLate, verdict.FalseAlarm, verdict.Missed:
		return errNotMet
	case verdict.Pending, verdict.Errored:
	}
	return errBroke
}

var errBroke = errors.New("the run failed")
