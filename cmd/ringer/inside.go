package main

import (
	"context"
	"fmt"
	"os"

	_ "github.com/ringer-lab/ringer/cmd/ringer/internal/first" // runs most stand-ins
	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/agent"
	"github.com/ringer-lab/ringer/lab/daemon"
	"github.com/ringer-lab/ringer/lab/docker"
	"github.com/ringer-lab/ringer/lab/standin"
)

// modes are what the binary is besides a command line: the words it is
// started with inside a container, and beside a runner.
var modes = map[string]func() int{
	// The first process of an asset.
	"agent": func() int { return agent.Main(context.Background(), os.Stdin, os.Stdout) },
	// What the kernel runs for a stand-in's file: here, one that asks a service.
	// All others are over by now (see package first).
	artifact.StandIn: func() int { return standin.Main(os.Args[2:], os.Stdin, os.Stderr, askDaemon) },
	// What removes a killed runner's containers.
	"watchdog": watchdog,
}

func askDaemon(stand *effect.Executor) { daemon.ConnectService(context.Background(), stand) }

func watchdog() int {
	if err := docker.WatchdogMain(context.Background(), os.Stdin, argument(2), os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
