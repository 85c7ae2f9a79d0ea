// Package runner owns the one way through a run: open a lab, perform each step
// in the order of virtual time, gather proof and events, and undo. It declares
// what it needs of a lab and knows no Docker, no rule language and no terminal.
// Start at [Lab] and [Runner.Run].
package runner
