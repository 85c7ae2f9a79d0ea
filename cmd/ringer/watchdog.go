package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ringer-lab/ringer/lab/docker"
)

// runWatchdog is what a runner starts this binary for besides its own command
// line: to remove a killed runner's containers.
func runWatchdog() int {
	if err := docker.WatchdogMain(context.Background(), os.Stdin, argument(2), os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
