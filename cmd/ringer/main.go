// Command ringer performs reported attacker behaviours, harmlessly, in
// disposable containers and judges what the detectors saw.
package main

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
	"github.com/ringer-lab/ringer/cmd/ringer/internal/supervise"
	"github.com/ringer-lab/ringer/lab/docker"
)

func main() {
	if argument(1) == docker.WatchdogCommand {
		os.Exit(runWatchdog())
	}
	os.Exit(supervise.Main(supervise.Program{
		File: ownFile(), Args: os.Args, Env: os.Environ(),
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Broke: cli.ExitBroke,
	}, runCLI))
}

// runCLI is the command line, as a person or CI calls it; first is the process that they
// started.
func runCLI(first int) int {
	// A command lives for seconds and allocates in bursts: collecting less often halves
	// the time of a replay. Near the limit it is collected as often as ever.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(1 << 30)
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return cli.Main(context.Background(), &cli.State{
		Args: os.Args[1:], Env: os.Getenv, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		StdoutSize: size(os.Stdout), StderrSize: size(os.Stderr),
		Now: time.Now, Interruptible: supervise.Interruptible, Git: git, Executable: ownFile(), PID: first,
		Runs:  cmp.Or(os.Getenv("RINGER_RUNS"), filepath.Join(".ringer", "runs")),
		Build: build(info),
	})
}

func argument(i int) string {
	if i < len(os.Args) {
		return os.Args[i]
	}
	return ""
}

// size returns how to ask for a terminal's size; it is zero if it is no terminal, or
// one that cannot be written to as one.
func size(stream *os.File) func() cli.Size {
	if !understandsEscapes(stream) {
		return func() cli.Size { return cli.Size{} }
	}
	return func() cli.Size {
		columns, lines, err := term.GetSize(int(stream.Fd()))
		if err != nil {
			return cli.Size{}
		}
		return cli.Size{Columns: columns, Lines: lines}
	}
}
