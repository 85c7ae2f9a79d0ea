// Package cli owns the command line: one file a command, the wiring of lab,
// detectors and views, exit codes and the manners of the terminal. Results go
// to stdout, everything else to stderr. All that the process takes from outside
// is in [State], so a test can be the outside. Start at [Main]; command.go has what
// all commands share, flags.go the flags that several have, show_*.go the pages.
package cli
