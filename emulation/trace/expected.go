package trace

import (
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// process is one that the plan asks for.
type process struct {
	effect.Process
	// parent is its number, 0 for the agent.
	parent int
	// usesService is whether its acts ask a real service.
	usesService bool
}

// expectedObservation is one observation that must be there.
type expectedObservation struct {
	kind event.Kind
	// process is the number of the one that must have done it, counted from 1;
	// 0 is a real service.
	process int
	// act says, in the plan's own words, what leaves it.
	act      string
	path, to string
	// run is of exec, mode of chmod; modified is the time to set, nil any.
	run      *execution
	mode     uint32
	modified *time.Time
	// content is what must be reported of a file or datagram; nil is anything.
	content []byte
	// target is the number of the process that is sent a signal, code the signal.
	target, code int
	protocol     string
	// An end without an address is any, and so is port 0.
	local, remote effect.Endpoint
	words         []string
	// group is shared by those that may come in any order; 0 is none.
	group int
}

// execution is how a program must have been executed.
type execution struct {
	argv []string
	dir  string
	env  map[string]string
}

// environment is what a sensor keeps of what a process is started with.
func environment(p effect.Process) map[string]string {
	env := map[string]string{}
	if p.User != "" {
		env[event.EnvUser] = p.User
	}
	if p.Integrity != "" {
		env[event.EnvIntegrity] = p.Integrity
	}
	if len(p.Peers) > 0 {
		env[event.EnvPeers] = effect.EncodePeers(p.Peers)
	}
	if p.Resident {
		env[event.EnvResident] = "1"
	}
	return env
}

// argv is the argument vector that a process is started with.
func argv(p effect.Process) []string {
	if len(p.Args) == 0 {
		return []string{p.Image}
	}
	return p.Args
}

// processName is a process as complaints have it.
func processName(p effect.Process) string {
	const longest = 80
	line := []rune(strings.Join(argv(p), " "))
	if len(line) > longest {
		line = append(line[:longest], '…')
	}
	return string(line)
}
