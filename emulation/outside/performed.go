package outside

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"path"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Host is the asset that a step was performed on, as an outside tool may name it.
type Host struct {
	Asset, Hostname string
	// Container is the id of its container; empty where there is none or it is not known.
	Container string
	Platform  effect.Platform
}

// Performed is a step or baseline to which alerts can be joined.
type Performed struct {
	Step string
	Host Host
	// Probe is whether it is a probe: only alerts of a probe's rule can be of it.
	Probe bool
	// Began and Ended are by our clock; zero of one that was not performed.
	Began, Ended time.Time
	Observations []event.Observation
}

// traits are what can be recognised of a step.
type traits struct {
	Performed
	processes []*process
	paths     map[string]bool
	digests   map[string]bool
	ends      map[netip.AddrPort]bool
}

// process is what can be recognised of one of a step's processes.
type process struct {
	// names are what it can be called: the path of its program, as the kernel and as the
	// host's platform have it, and the name of that file.
	names    []string
	executed bool
	parent   *process
	pid      int
	// commands are its arguments, as tools write them.
	commands []string
	paths    map[string]bool
	ends     map[netip.AddrPort]bool
}

func traitsOf(p Performed) *traits {
	t := &traits{Performed: p, paths: map[string]bool{}, digests: map[string]bool{}, ends: map[netip.AddrPort]bool{}}
	byKey := map[uint64]*process{}
	of := func(o event.Observation) *process {
		if known := byKey[o.Process]; known != nil {
			return known
		}
		made := &process{pid: o.PID, parent: byKey[o.Parent], paths: map[string]bool{}, ends: map[netip.AddrPort]bool{}}
		if made.parent != nil {
			made.names = made.parent.names // until it executes a program of its own
		}
		byKey[o.Process] = made
		t.processes = append(t.processes, made)
		return made
	}
	for _, o := range p.Observations {
		by := of(o)
		if o.Kind == event.Exec {
			if !by.executed {
				by.names, by.executed = nil, true
			}
			by.names, by.commands = append(by.names, t.names(o.Path)...), append(by.commands, commandsOf(o.Argv)...)
		}
		for _, touched := range []string{o.Path, o.To} {
			for _, name := range t.spellings(touched) {
				by.paths[name], t.paths[name] = true, true
			}
		}
		if o.Digest != "" {
			t.digests[o.Digest] = true
		}
		if o.Kind == event.Content {
			sum := sha256.Sum256(o.Content)
			t.digests[hex.EncodeToString(sum[:])] = true
		}
		if o.Socket != nil {
			for _, end := range []netip.AddrPort{o.Socket.Local, o.Socket.Remote} {
				if end.IsValid() {
					by.ends[end], t.ends[end] = true, true
				}
			}
		}
	}
	return t
}

// spellings are the ways in which a tool may write a path: the kernel's, and that of the
// host's platform. Windows knows no case.
func (t *traits) spellings(real string) []string {
	if real == "" {
		return nil
	}
	out := []string{t.fold(real)}
	tree := effect.AssetTree(t.Host.Platform, nil)
	if own, ok := tree.PlatformPath(real); ok && own != real {
		out = append(out, t.fold(own))
	}
	return out
}

// fold writes text so that what the platform takes for the same is the same.
func (t *traits) fold(text string) string {
	if t.Host.Platform == effect.Windows {
		return strings.ToLower(strings.ReplaceAll(text, `\`, "/"))
	}
	return text
}

func (t *traits) names(program string) []string {
	names := t.spellings(program)
	for _, name := range names {
		names = append(names, path.Base(name))
	}
	return names
}

// kernelName is the most bytes that the kernel keeps of a process's name.
const kernelName = 15

// calls reports whether a tool may mean the process by a name: of a longer one the
// kernel gives the first bytes.
func (p *process) calls(name string) bool {
	if p == nil || name == "" {
		return false
	}
	for _, own := range p.names {
		if own == name || len(name) == kernelName && !strings.Contains(own, "/") && strings.HasPrefix(own, name) {
			return true
		}
	}
	return false
}

// commandsOf are the ways in which tools write arguments: all, with the name in place of
// the path of the program, and without the program.
func commandsOf(argv []string) []string {
	if len(argv) == 0 {
		return nil
	}
	rest := strings.Join(argv[1:], " ")
	out := []string{plain(strings.Join(argv, " "))}
	if base := path.Base(argv[0]); base != argv[0] {
		out = append(out, plain(base+" "+rest))
	}
	if rest != "" {
		out = append(out, plain(rest))
	}
	return out
}

// plain leaves out of a command line how it was quoted and spaced.
func plain(command string) string {
	return strings.Join(strings.Fields(strings.NewReplacer(`"`, "", `'`, "", `\`, "/").Replace(command)), " ")
}
