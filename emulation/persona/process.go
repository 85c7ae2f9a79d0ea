package persona

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/asset"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// process is one traced process as the persona sees it.
type process struct {
	key    uint64
	pid    int
	uid    int
	parent *process // nil is the agent, which no persona knows of

	image   string // persona path
	argv    []string
	command string // the command line as the persona writes it
	dir     string // persona path
	user    string
	// integrity is a Windows process's, where something has told it.
	integrity string
	// resident processes stand for ones that had been running before.
	resident bool
	resource effect.Resource
	// peers are the hosts that loopback addresses stand for to it.
	peers   []effect.Peer
	hashes  hashes // of the program
	started time.Time
}

// table holds the processes of one asset, from the first to the last step.
type table struct {
	tree effect.Tree
	held map[uint64]*process
}

func newTable(place asset.Place) table {
	return table{tree: effect.Tree{Root: effect.Root, Persona: place.Kind.Persona}, held: map[uint64]*process{}}
}

// moment is an observation with what the table knows around it, which it brings
// up to date.
func (t *table) moment(o event.Observation, at time.Time) moment {
	m := moment{Observation: o, time: at, by: t.follow(o, at)}
	m.path, _ = t.tree.Name(o.Path)
	m.to, _ = t.tree.Name(o.To)
	m.target = t.held[o.Target]
	return m
}

// follow brings the table up to date and gives the acting process; of a fork,
// the child, which is what its parent was until it executes something else.
func (t *table) follow(o event.Observation, at time.Time) *process {
	p := t.held[o.Process]
	if p == nil {
		p = &process{key: o.Process, pid: o.PID, uid: o.UID, started: at}
		if parent := t.held[o.Parent]; parent != nil {
			*p = *parent
			p.key, p.pid, p.parent, p.started = o.Process, o.PID, parent, at
			p.resident = false
		}
		t.held[o.Process] = p
	}
	if o.Kind == event.Exec {
		t.execute(p, o, at)
	}
	return p
}

// execute turns a process into the program it executes.
func (t *table) execute(p *process, o event.Observation, at time.Time) {
	p.image, _ = t.tree.Name(o.Path)
	p.argv, p.command = o.Argv, t.command(o.Argv)
	p.dir, _ = t.tree.Name(o.Dir)
	if user := o.Env[event.EnvUser]; user != "" {
		p.user = user
	}
	p.resident = o.Env[event.EnvResident] != ""
	if integrity := o.Env[event.EnvIntegrity]; integrity != "" {
		p.integrity = integrity
	}
	p.peers = effect.ReadPeers(o.Env[event.EnvPeers])
	p.resource, _ = effect.ReadResource(o.Content)
	p.hashes, p.uid, p.started = hashesOf(o), o.UID, at
}

func (t *table) command(argv []string) string {
	if t.tree.Persona == effect.Windows {
		return windowsCommandLine(argv)
	}
	return strings.Join(argv, " ")
}
