//go:build linux

// Command inside is all that runs inside an asset's container: its first process,
// the agent, and the stand-ins that the kernel starts for the tools of a scenario.
// It is the image's only program, in the place that artifact.Interpreter names; on a
// Linux asset the stand-ins are files of their own with the same bytes.
//
// Stand-ins are started by the thousand, so it is linked of little: the standard
// library without net/http, x/sys and PostgreSQL's messages (cmd/ringer/internal/arch
// has the list). `make build` builds it for each engine's processor and embeds it in
// ringer (lab/inside).
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/lab/agent"
	"github.com/ringer-lab/ringer/lab/daemon"
	"github.com/ringer-lab/ringer/lab/standin"
)

// exitUsage is the code of a call that names no mode.
const exitUsage = 2

func main() {
	if args, ok := standin.Arguments(os.Args); ok {
		os.Exit(standin.Main(args, os.Stdin, os.Stderr, connectService))
	}
	if len(os.Args) > 1 && os.Args[1] == "agent" {
		os.Exit(agent.Main(context.Background(), os.Stdin, os.Stdout))
	}
	fmt.Fprintln(os.Stderr, "inside: it can be started only inside an asset's container, as agent or standin")
	os.Exit(exitUsage)
}

func connectService(in *effect.Executor) { daemon.ConnectService(context.Background(), in) }
