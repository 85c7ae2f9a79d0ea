package outside

import (
	"net/netip"
	"strings"
)

// Evidence is one thing by which an alert is known to be of a step.
type Evidence string

// The evidence, in the order in which it counts.
const (
	Given      Evidence = "the file that was scanned" // a scanner of ours was given the step's file
	Container  Evidence = "container"
	Hostname   Evidence = "host"
	Process    Evidence = "process"
	Parent     Evidence = "parent"
	Path       Evidence = "path"
	Arguments  Evidence = "arguments"
	Connection Evidence = "connection"
	Time       Evidence = "time"
)

// fit is how well an alert fits a step: for each kind of evidence, in their order, 0 is
// none and more is better.
type fit [7]int

// The places in a fit.
const (
	atGiven = iota
	atHost
	atProcess
	atParent
	atPath
	atArguments
	atConnection
)

// compare orders fits by the first evidence in which they differ.
func (f fit) compare(other fit) int {
	for i := range f {
		if f[i] != other[i] {
			return f[i] - other[i]
		}
	}
	return 0
}

// strong reports whether something fits besides the host.
func (f fit) strong() bool {
	return f[atGiven]+f[atProcess]+f[atParent]+f[atPath]+f[atArguments]+f[atConnection] > 0
}

// evidence lists what fits.
func (f fit) evidence() []Evidence {
	var out []Evidence
	for i, name := range [len(f)]Evidence{Given, Hostname, Process, Parent, Path, Arguments, Connection} {
		switch {
		case f[i] == 0:
		case i == atHost && f[i] == 2:
			out = append(out, Container)
		default:
			out = append(out, name)
		}
	}
	return out
}

// says reports whether an alert says something by which a step could be known, besides
// host and time.
func (a Alert) says() bool {
	return a.Process != "" || a.Exe != "" || a.Parent != "" || a.Path != "" || a.Args != "" || a.From.IsValid() || a.To.IsValid() || a.SHA256 != ""
}

// fit compares an alert with a step. ok is false if it says what the step cannot have
// been: another host, or a process that the step did not have.
func (t *traits) fit(a Alert, others []string) (best fit, ok bool) {
	onHost, ok := t.host(a, others)
	if !ok || a.Step != "" && a.Step != t.Step {
		return fit{}, false
	}
	if a.Step != "" {
		return fit{atGiven: 1}, true
	}
	named := a.Process != "" || a.Exe != ""
	candidates := t.processes
	if !named && a.Parent == "" && a.Args == "" {
		candidates = []*process{{}} // it is about no process in particular
	}
	found := false
	for _, p := range candidates {
		one := fit{atHost: onHost}
		if named {
			if !t.isProcess(p, a) {
				continue
			}
			one[atProcess] = 1
			if a.PID != 0 && a.PID == p.pid {
				one[atProcess] = 2
			}
		}
		one[atParent] = flag(a.Parent != "" && (p.parent.calls(t.fold(a.Parent)) || p.parent.calls(base(t.fold(a.Parent)))))
		one[atPath] = t.path(a, p)
		one[atArguments] = arguments(a, p)
		one[atConnection] = max(connection(a, p.ends)*2, connection(a, t.ends))
		if !found || one.compare(best) > 0 {
			best, found = one, true
		}
	}
	return best, found && (best.strong() || !a.says())
}

// host compares where the alert is from: 2 is the container, 1 the host. An alert of
// another container, or of another host of the run, is not of this step; a name that no
// host of the run has may be that of the machine on which the containers run.
func (t *traits) host(a Alert, others []string) (int, bool) {
	if a.Container != "" && t.Host.Container != "" {
		if isContainer(a.Container, t.Host.Container) || a.Container == t.Host.Hostname {
			return 2, true
		}
		return 0, false
	}
	for _, name := range []string{a.Host, a.Container} {
		short, _, _ := strings.Cut(name, ".")
		switch {
		case name == "":
		case strings.EqualFold(name, t.Host.Hostname), strings.EqualFold(short, t.Host.Hostname), t.Host.Container != "" && isContainer(name, t.Host.Container):
			return 1, true
		case containsFold(others, name), containsFold(others, short):
			return 0, false
		}
	}
	return 0, true
}

// shortID is the fewest digits by which a container is called.
const shortID = 12

func isContainer(given, id string) bool {
	return len(given) >= shortID && strings.HasPrefix(id, given) || given == id
}

func containsFold(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// isProcess reports whether the alert can be about a process of the step. The path of
// its program decides before its name.
func (t *traits) isProcess(p *process, a Alert) bool {
	if a.Exe != "" && p.calls(t.fold(a.Exe)) {
		return true
	}
	if a.Process == "" {
		return false
	}
	name := t.fold(a.Process)
	return p.calls(name) || strings.Contains(name, "/") && a.Exe == "" && p.calls(base(name))
}

// path is 2 if the process touched it, 1 if another of the step did, or if the step left
// a file of that content.
func (t *traits) path(a Alert, p *process) int {
	name := t.fold(a.Path)
	switch {
	case name != "" && p.paths[name]:
		return 2
	case name != "" && t.paths[name], a.SHA256 != "" && t.digests[strings.ToLower(a.SHA256)]:
		return 1
	}
	return 0
}

// leastPrefix is how much of a command line a tool that cuts it must have left.
const leastPrefix = 16

// arguments is 2 if they are the process's, 1 if the tool cut them.
func arguments(a Alert, p *process) int {
	given := plain(a.Args)
	if given == "" {
		return 0
	}
	cut := 0
	for _, own := range p.commands {
		switch {
		case strings.EqualFold(own, given):
			return 2
		case len(given) >= leastPrefix && strings.HasPrefix(own, given):
			cut = 1
		}
	}
	return cut
}

// connection is 1 if both ends that the alert has are the process's, each with the port
// that it has.
func connection(a Alert, ends map[netip.AddrPort]bool) int {
	given := 0
	for _, end := range []netip.AddrPort{a.From, a.To} {
		if !end.Addr().IsValid() {
			continue
		}
		given++
		if !hasEnd(ends, end) {
			return 0
		}
	}
	return flag(given > 0)
}

func hasEnd(ends map[netip.AddrPort]bool, end netip.AddrPort) bool {
	if end.Port() != 0 {
		return ends[end]
	}
	for own := range ends {
		if own.Addr() == end.Addr() {
			return true
		}
	}
	return false
}

func base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
