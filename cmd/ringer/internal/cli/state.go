package cli

import (
	"context"
	"io"
	"time"
)

// State is all that the process takes from outside.
type State struct {
	Args   []string // without the program's name
	Env    func(string) string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// StdoutWidth and StderrWidth are the terminal's columns; 0 is no terminal.
	StdoutWidth int
	StderrWidth int
	Now         func() time.Time
	// Interruptible returns a context that a signal ends. It is only used by commands
	// that have something to end; any other is killed by a signal, as it may wait for
	// input.
	Interruptible func(context.Context) context.Context
	// Executable is the path of this binary.
	Executable string
	Build      Build
	// Runs is the folder that runs are recorded in; "" records none.
	Runs string
}

// Build is the version of the binary.
type Build struct {
	Version, Commit, Go, Platform string
}

// color reports whether a stream of that width may have colours.
func (s *State) color(width int) bool {
	return s.canRewrite(width) && s.Env("NO_COLOR") == ""
}

// canRewrite reports whether a stream of that width is a terminal on which lines can
// be rewritten.
func (s *State) canRewrite(width int) bool { return width > 0 && s.Env("TERM") != "dumb" }

// columns returns the width to lay out text for: the terminal's, or 80.
func columns(width int) int {
	if width > 0 {
		return width
	}
	return 80
}
