package trace

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// missingFolderMode is the mode of a folder that is made on the way to a file.
const missingFolderMode = 0o755

// builder lists what a plan must leave, in the order in which it must come,
// while it has the plan done to the host in memory.
type builder struct {
	host      *Host
	processes []process
	expected  []expectedObservation
	// lines are what the real service logs once the root process is over.
	lines []expectedObservation
	// unreported maps each captured file to the process that wrote to it last: what
	// it contains is reported when that ends, or before another act replaces it.
	unreported map[string]int
	groups     int
	// earlier is that an earlier build performed the plan: to it all was one file system.
	earlier bool
}

// addRoot adds one root process, and what a service must log of it.
func (b *builder) addRoot(p effect.Process) error {
	b.lines = nil
	if p.Remote {
		for _, act := range p.Acts {
			for _, trace := range act.Traces() {
				if trace.Kind == effect.TraceLine {
					b.addLine(act, trace)
				}
			}
		}
	} else if err := b.addProcess(p, 0, 0); err != nil {
		return err
	}
	b.expected = append(b.expected, b.lines...)
	return nil
}

func (b *builder) addLine(act effect.Act, trace effect.Trace) {
	words := trace.Words
	if request := trace.Request; request != nil {
		words = []string{request.From, `"` + request.Method + " " + loggedPage(request.Path)}
	}
	b.lines = append(b.lines, expectedObservation{kind: event.Line, act: act.String(), words: words})
}

// loggedPage is a page as a client asks for it and the server logs it.
func loggedPage(page string) string {
	parsed, err := url.Parse("http://" + effect.WebService + page)
	if err != nil {
		return page
	}
	return strings.NewReplacer(`"`, `\x22`, `\`, `\x5C`).Replace(parsed.RequestURI())
}

// addProcess adds a process's whole life.
func (b *builder) addProcess(p effect.Process, parent, signal int) error {
	tree := b.host.tree
	image, err := tree.LocateFile(p.Image)
	if err != nil {
		return err
	}
	b.processes = append(b.processes, process{Process: p, parent: parent})
	self := len(b.processes)
	b.add(expectedObservation{kind: event.Fork, process: self})
	b.add(expectedObservation{kind: event.Exec, process: self, path: image, run: &execution{argv(p), tree.WorkingFolder(p.Dir), environment(p)}})
	if signal != 0 {
		b.add(expectedObservation{kind: event.Signal, process: parent, act: "send SIGCONT to: " + processName(p), target: self, code: signal})
	}
	for _, act := range p.Acts {
		if err := b.addAct(self, act); err != nil {
			return err
		}
	}
	for _, real := range slices.Sorted(maps.Keys(b.unreported)) {
		if b.unreported[real] == self {
			b.addContent(real)
		}
	}
	b.add(expectedObservation{kind: event.Exit, process: self})
	return nil
}

func (b *builder) add(e expectedObservation) { b.expected = append(b.expected, e) }

// addAct adds what one act leaves, and has it done.
func (b *builder) addAct(self int, act effect.Act) error {
	for _, trace := range b.tracesOf(act) {
		if err := b.addTrace(self, act, trace); err != nil {
			return fmt.Errorf("%q of %q cannot be done on this host, but the agent reports it as done: %w", act, processName(b.processes[self-1].Process), err)
		}
	}
	if err := act.Perform(b.executor()); err != nil {
		return fmt.Errorf("%q of %q cannot be done on this host, but the agent reports it as done: %w", act, processName(b.processes[self-1].Process), err)
	}
	return nil
}

// tracesOf are those that an act leaves on this host.
func (b *builder) tracesOf(act effect.Act) []effect.Trace {
	if move, ok := act.(effect.Move); ok && !b.earlier && b.host.tree.Crosses(move.From, move.To) {
		return move.TracesAcross()
	}
	return act.Traces()
}

// executor does to the host in memory what is done to files; for the rest, that it
// leaves a trace is all.
func (b *builder) executor() effect.Executor {
	return effect.Executor{
		Tree:    b.host.tree,
		Start:   func(effect.Process) error { return nil },
		Access:  func(effect.Process) error { return nil },
		Load:    func(string) error { return nil },
		Connect: func(effect.Connection) error { return nil },
		Send:    func(effect.Endpoint, []byte) error { return nil },
		Export:  func(effect.Export) ([]byte, error) { return nil, nil },
		Request: func(effect.Request) error { return nil },
	}
}

// addTrace adds one trace of an act.
func (b *builder) addTrace(self int, act effect.Act, t effect.Trace) error {
	seen := expectedObservation{process: self, act: act.String(), local: t.Local, remote: t.Remote, protocol: "tcp"}
	if t.Datagrams {
		seen.protocol = "udp"
	}
	switch t.Kind {
	case effect.TraceStart:
		return b.addProcess(*t.Process, self, t.Signal)
	case effect.TraceLine:
		b.addLine(act, t)
		return nil
	case effect.TraceServiceConnect:
		b.processes[self-1].usesService = true
		seen.kind = event.Connect
	case effect.TraceBind:
		seen.kind = event.Bind
	case effect.TraceConnect:
		seen.kind = event.Connect
	case effect.TraceSend:
		seen.kind, seen.protocol, seen.content = event.Send, "udp", t.Content
	default:
		return b.addFileTrace(seen, t)
	}
	b.add(seen)
	return nil
}
