package cli

import (
	"context"
	"errors"

	"github.com/ringer-lab/ringer/emulation/runner"
	"github.com/ringer-lab/ringer/emulation/verdict"
	"github.com/ringer-lab/ringer/lab/debian"
)

// The exit codes. Nobody below this package knows numbers.
const (
	exitMet         = 0   // every expectation came true
	exitNotMet      = 1   // one did not
	exitInvalid     = 2   // invalid input; nothing was started
	exitNoLab       = 3   // there is no lab, or nothing to make its images of
	exitBroke       = 4   // the exercise broke
	exitInterrupted = 130 // Ctrl-C
)

// errInvalid marks invalid input whose diagnostics are already written.
var errInvalid = errors.New("invalid input")

// errNotMet marks a run, or a check, that did not come out as written down.
var errNotMet = errors.New("not met")

// usageError marks a command line that cannot be understood.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// exitCode maps what a command returned; the context's end wins over the rest.
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
	return exitBroke
}

// verdictError is what the worst verdict of a run means for its exit.
func verdictError(worst verdict.Verdict) error {
	switch worst {
	case verdict.Silent, verdict.Detected, verdict.BlindSpot, verdict.NotAsked, verdict.Skipped:
		return nil
	case verdict.NoEffect, verdict.FalseAlarm, verdict.Missed:
		return errNotMet
	case verdict.Pending, verdict.Errored:
	}
	return errBroke
}

var errBroke = errors.New("the exercise broke")
