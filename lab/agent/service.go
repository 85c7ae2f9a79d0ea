//go:build linux

package agent

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/lab/daemon"
	"github.com/ringer-lab/ringer/lab/wire"
)

// startService starts the asset's real service, if it is to have one. It ends
// with the agent, as all processes of the container do.
func (a *agent) startService(ctx context.Context, name string) (err error) {
	if name != "" {
		a.service, err = daemon.Start(ctx, name, a.serviceFolder(), a.tree)
	}
	return err
}

// serviceFolder is where the service keeps what is no part of the asset's tree.
func (a *agent) serviceFolder() string { return filepath.Join(a.root, daemon.Folder) }

// performRoot does one root process, and reports what the service logged meanwhile.
func (a *agent) performRoot(ctx context.Context, process effect.Process, out *observationSender, done *wire.Done) error {
	if !process.Remote {
		if err := a.performTraced(ctx, process, out, done); err != nil {
			return err
		}
	} else {
		a.performRequests(ctx, process, done)
	}
	if a.image != nil {
		return a.image.report(ctx, process, out, done)
	}
	if a.service == nil {
		return nil
	}
	lines, err := a.service.Lines(ctx)
	if err != nil {
		return err
	}
	for _, line := range lines {
		out.add(event.Observation{Kind: event.Line, Path: a.service.Log(), Content: []byte(line)})
	}
	return out.err
}

// performRequests does what a program on another host would.
func (a *agent) performRequests(ctx context.Context, process effect.Process, done *wire.Done) {
	var stand effect.Executor
	if a.image != nil {
		daemon.ConnectPort(ctx, a.image.Port, &stand)
	} else {
		daemon.ConnectService(ctx, &stand)
	}
	for _, act := range process.Acts {
		request, ok := act.(effect.Request)
		if !ok {
			done.Errors = append(done.Errors, fmt.Sprintf("%s: a program on another host can only send requests", act))
			continue
		}
		if err := request.Perform(stand); err != nil {
			done.Errors = append(done.Errors, err.Error())
		}
	}
}

// skipLogLines passes over what the service logged before a step: it is no
// doing of the step.
func (a *agent) skipLogLines(ctx context.Context) error {
	if a.image != nil {
		return a.image.skipLogLines()
	}
	if a.service == nil {
		return nil
	}
	_, err := a.service.Lines(ctx)
	return err
}
