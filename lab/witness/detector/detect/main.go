//go:build linux

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
