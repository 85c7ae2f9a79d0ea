//go:build linux

// Command detect runs the detector of package detector until it is interrupted, and writes
// its alerts as JSON lines.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/ringer-lab/ringer/lab/witness/detector"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := detector.Run(ctx, os.Stdout, func() { fmt.Fprintln(os.Stderr, "ready") }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
