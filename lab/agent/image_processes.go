//go:build linux

package agent

import (
	"maps"
	"slices"

	"github.com/ringer-lab/ringer/emulation/event"
)

// maxHistory is how many starts of processes are kept before those that explain no living
// process are forgotten.
const maxHistory = 1024

// daemonProcesses are the processes of an image's daemon: how those came to be that live,
// as a step has to say whose child a process is that it sees.
type daemonProcesses struct {
	// history has forks and executions in order, untold those that no step has had yet.
	history, untold []event.Observation
	parents         map[uint64]uint64
	living          map[uint64]bool
}

// follow brings the table up to date; told is that a step has the observation. What was
// running before a step is reported as resident: its start is no telemetry.
func (p *daemonProcesses) follow(o event.Observation, told bool, account string) {
	if p.living == nil {
		p.parents, p.living = map[uint64]uint64{}, map[uint64]bool{}
	}
	switch o.Kind {
	case event.Fork:
		p.parents[o.Process], p.living[o.Process] = o.Parent, true
	case event.Exit:
		delete(p.living, o.Process)
		return
	case event.Exec:
	default:
		return
	}
	p.history = append(p.history, o)
	if !told {
		p.untold = append(p.untold, resident(o, account))
	}
	if len(p.history) > maxHistory {
		p.history, p.untold = p.ofTheLiving(p.history), p.ofTheLiving(p.untold)
	}
}

// putOff has the next step have a start that a step was to have.
func (p *daemonProcesses) putOff(o event.Observation, account string) {
	if o.Kind == event.Fork || o.Kind == event.Exec {
		p.untold = append(p.untold, resident(o, account))
	}
}

// resident is a start as that of a process which was running already.
func resident(o event.Observation, account string) event.Observation {
	if o.Kind == event.Exec {
		o.Env = map[string]string{event.EnvResident: "1", event.EnvUser: account}
	}
	return o
}

// ofTheLiving leaves out what neither a living process nor an ancestor of one did.
func (p *daemonProcesses) ofTheLiving(all []event.Observation) []event.Observation {
	needed := map[uint64]bool{}
	for key := range p.living {
		for ; key != 0 && !needed[key]; key = p.parents[key] {
			needed[key] = true
		}
	}
	maps.DeleteFunc(p.parents, func(key, _ uint64) bool { return !needed[key] })
	return slices.DeleteFunc(slices.Clone(all), func(o event.Observation) bool { return !needed[o.Process] })
}

// takeUntold gives those that the next step is to have.
func (p *daemonProcesses) takeUntold() []event.Observation {
	all := p.ofTheLiving(p.untold)
	p.untold = nil
	return all
}

// tellAll has the next step have all of them, as the first one did.
func (p *daemonProcesses) tellAll(account string) {
	p.history = p.ofTheLiving(p.history)
	p.untold = nil
	for _, o := range p.history {
		p.untold = append(p.untold, resident(o, account))
	}
}
