package cli

import (
	"cmp"
	"context"
	"io"
	"strconv"
	"time"
)

// State is all that the process takes from outside.
type State struct {
	Args   []string // without the program's name
	Env    func(string) string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// StdoutSize and StderrSize return the size of the terminal as it is now; zero,
	// and nil as a function, is no terminal.
	StdoutSize, StderrSize func() Size
	Now                    func() time.Time
	// Interruptible returns a context that a signal ends. It is only used by commands
	// that have something to end; any other is killed by a signal, as it may wait for
	// input.
	Interruptible func(context.Context) context.Context
	// Git runs git in the working folder and returns what it prints, or what it says against
	// it; nil where there is no git.
	Git func(ctx context.Context, args ...string) ([]byte, error)
	// Executable is the path of this binary.
	Executable string
	// PID is the process that a person started, which lives as long as this one.
	PID   int
	Build Build
	// Runs is the folder that runs are recorded in; "" records none.
	Runs string

	// documents is stdout for what another program reads, as it stands; on a terminal it
	// is shown as Stdout is, as a person reads it there.
	documents io.Writer
	// annotations is stderr for commands to GitHub's page, which no other text there is.
	annotations io.Writer
}

// Build is the version of the binary.
type Build struct {
	Version, Commit, Go, Platform string
	// Modified tells that it was built of a checkout with changes that were not
	// committed.
	Modified bool
}

// Size is the size of a terminal.
type Size struct{ Columns, Lines int }

func (s *State) stdoutWidth() int { return widthOf(s.StdoutSize) }

func (s *State) stderrWidth() int { return widthOf(s.StderrSize) }

func widthOf(size func() Size) int {
	if size == nil {
		return 0
	}
	return size().Columns
}

// canRewrite reports whether a stream of that width is a terminal on which lines can
// be rewritten.
func (s *State) canRewrite(width int) bool { return width > 0 && s.Env("TERM") != "dumb" }

// columns returns the width to lay out text for on a stream of that width: what COLUMNS
// says, the terminal's, or 80.
func (s *State) columns(width int) int {
	if given, err := strconv.Atoi(s.Env("COLUMNS")); err == nil && given > 0 {
		return given
	}
	return cmp.Or(width, 80)
}
