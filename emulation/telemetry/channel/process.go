package channel

import (
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Process is one traced process as its platform would show it.
type Process struct {
	Key    uint64
	PID    int
	UID    int
	Parent *Process // nil is the agent, which a real host does not have

	Image       string // platform path
	Argv        []string
	CommandLine string // the command line as the platform writes it
	Dir         string // platform path
	User        string
	// Integrity is a Windows process's integrity level; empty follows from the account.
	Integrity string
	// Resident marks a process that stands for one already running.
	Resident bool
	Resource artifact.Resource
	// Peers are the hosts that loopback addresses stand for, as the process sees them.
	Peers   []effect.Peer
	Started time.Time
	// executed is the exec that made it the program it is; nil where none was seen.
	executed *event.Observation
}

// Hashes returns the hashes of the process's program.
func (p *Process) Hashes() Hashes {
	if p.executed == nil {
		return Hashes{}
	}
	return HashesOf(p.executed)
}

// ProcessTable has the processes of one asset, from the first to the last step.
type ProcessTable struct {
	tree        effect.Tree
	commandLine func(argv []string) string
	processes   map[uint64]*Process
}

// NewProcessTable returns the empty table of an asset; commandLine writes an
// argument vector as the asset's platform does.
func NewProcessTable(host asset.Host, commandLine func(argv []string) string) *ProcessTable {
	return &ProcessTable{
		tree: host.Tree(nil), commandLine: commandLine, processes: map[uint64]*Process{},
	}
}

// Activity returns an observation with what the table knows around it, which it
// brings up to date. Observations must come in order; at is the virtual time.
func (t *ProcessTable) Activity(o *event.Observation, at time.Time) Activity {
	a := Activity{Observation: o, Time: at, Actor: t.follow(o, at)}
	a.PlatformPath, _ = t.tree.PlatformPath(o.Path)
	a.PlatformTo, _ = t.tree.PlatformPath(o.To)
	a.TargetProcess = t.processes[o.Target]
	return a
}

// follow brings the table up to date and gives the acting process; of a fork,
// the child, which is what its parent was until it executes something else.
func (t *ProcessTable) follow(o *event.Observation, at time.Time) *Process {
	p := t.processes[o.Process]
	if p == nil {
		p = &Process{Key: o.Process, PID: o.PID, UID: o.UID, Started: at}
		if parent := t.processes[o.Parent]; parent != nil {
			*p = *parent
			p.Key, p.PID, p.Parent, p.Started = o.Process, o.PID, parent, at
			p.Resident = false
		}
		t.processes[o.Process] = p
	}
	if o.Kind == event.Exec {
		t.execute(p, o, at)
	}
	return p
}

// execute turns a process into the program it executes.
func (t *ProcessTable) execute(p *Process, o *event.Observation, at time.Time) {
	p.Image, _ = t.tree.PlatformPath(o.Path)
	p.Argv, p.CommandLine = o.Argv, t.commandLine(o.Argv)
	p.Dir, _ = t.tree.PlatformPath(o.Dir)
	if user := o.Env[event.EnvUser]; user != "" {
		p.User = user
	}
	p.Resident = o.Env[event.EnvResident] != ""
	if integrity := o.Env[event.EnvIntegrity]; integrity != "" {
		p.Integrity = integrity
	}
	p.Peers = effect.DecodePeers(o.Env[event.EnvPeers])
	p.Resource, _ = artifact.DecodeResource(o.Content)
	p.executed, p.UID, p.Started = o, o.UID, at
}
