// Command ringer performs reported attacker behaviours, harmlessly, in
// disposable containers and judges what the detectors saw.
package main

import (
	"cmp"
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/ringer-lab/ringer/cmd/ringer/internal/cli"
	"github.com/ringer-lab/ringer/lab/docker"
)

func main() {
	if argument(1) == docker.WatchdogCommand {
		os.Exit(runWatchdog())
	}
	os.Exit(runCLI())
}

// runCLI is the command line, as a person or CI calls it.
func runCLI() int {
	// A command lives for seconds and allocates in bursts: collecting less often halves
	// the time of a replay. Near the limit it is collected as often as ever.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(1 << 30)
	}
	executable, err := os.Executable()
	if err != nil {
		executable = os.Args[0]
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return cli.Main(context.Background(), &cli.State{
		Args: os.Args[1:], Env: os.Getenv, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		StdoutSize: size(os.Stdout), StderrSize: size(os.Stderr),
		Now: time.Now, Interruptible: interruptible, Executable: executable,
		Runs:  cmp.Or(os.Getenv("RINGER_RUNS"), filepath.Join(".ringer", "runs")),
		Build: build(info),
	})
}

// interruptible returns a context that the first signal ends. The next signal kills
// the process, in case ending takes too long.
func interruptible(ctx context.Context) context.Context {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	return ctx
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
