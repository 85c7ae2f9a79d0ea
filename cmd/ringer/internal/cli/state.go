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
	// Interruptible has signals end the context. Where a command has nothing to
	// end, a signal is left to kill it: it may be waiting for its input.
	Interruptible func(context.Context) context.Context
	// Executable is the path of this very binary.
	Executable string
	Build      Build
}

// Build says what was built.
type Build struct {
	Version, Commit, Go, Platform string
}

// color reports whether a stream of that width may have colours.
func (s *State) color(width int) bool {
	return s.canRewrite(width) && s.Env("NO_COLOR") == ""
}

// canRewrite reports whether what stands on a stream of that width can be written
// over.
func (s *State) canRewrite(width int) bool { return width > 0 && s.Env("TERM") != "dumb" }

// columns is the width to lay text out for: the terminal's, or 80.
func columns(width int) int {
	if width > 0 {
		return width
	}
	return 80
}
