package trace

import (
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// missing is the mode of a folder that is made on the way to a file.
const missing = 0o755

// builder lists what a plan must leave, in the order in which it must come,
// while it has the plan done to the host in memory.
type builder struct {
	host      *Host
	processes []process
	expected  []expectation
	// lines are what the real service logs once the root process is over.
	lines []expectation
	// unsaved maps each captured file to the process that wrote to it last: what
	// it holds is told when that ends, or before another act replaces it.
	unsaved map[string]int
	groups  int
}

// root adds one root process, and what a service must log of it.
func (b *builder) root(p effect.Process) error {
	b.lines = nil
	if p.Away {
		for _, act := range p.Acts {
			for _, trace := range act.Leaves() {
				if trace.Kind == effect.TraceLine {
					b.line(act, trace)
				}
			}
		}
	} else if err := b.start(p, 0, 0); err != nil {
		return err
	}
	b.expected = append(b.expected, b.lines...)
	return nil
}

func (b *builder) line(act effect.Act, trace effect.Trace) {
	words := trace.Words
	if asked := trace.Request; asked != nil {
		words = []string{asked.From, `"` + asked.Method + " " + logged(asked.Path)}
	}
	b.lines = append(b.lines, expectation{kind: event.Line, act: act.String(), words: words})
}

// logged is a page as a client asks for it and the server logs it.
func logged(page string) string {
	asked, err := url.Parse("http://" + effect.WebService + page)
	if err != nil {
		return page
	}
	return strings.NewReplacer(`"`, `\x22`, `\`, `\x5C`).Replace(asked.RequestURI())
}

// start adds a process's whole life.
func (b *builder) start(p effect.Process, parent, signal int) error {
	tree := b.host.tree
	image, err := tree.Own(p.Image)
	if err != nil {
		return err
	}
	b.processes = append(b.processes, process{Process: p, parent: parent})
	self := len(b.processes)
	b.add(expectation{kind: event.Fork, process: self})
	b.add(expectation{kind: event.Exec, process: self, path: image, run: &run{argv(p), tree.WorkingFolder(p.Dir), environment(p)}})
	if signal != 0 {
		b.add(expectation{kind: event.Signal, process: parent, act: "tell to go on: " + name(p), target: self, code: signal})
	}
	for _, act := range p.Acts {
		if err := b.act(self, act); err != nil {
			return err
		}
	}
	for _, real := range slices.Sorted(maps.Keys(b.unsaved)) {
		if b.unsaved[real] == self {
			b.save(real)
		}
	}
	b.add(expectation{kind: event.Exit, process: self})
	return nil
}

func (b *builder) add(e expectation) { b.expected = append(b.expected, e) }

// act adds what one act leaves, and has it done.
func (b *builder) act(self int, act effect.Act) error {
	for _, trace := range act.Leaves() {
		if err := b.trace(self, act, trace); err != nil {
			return fmt.Errorf("%q of %q cannot be done on this host, but the agent says that it was: %w", act, name(b.processes[self-1].Process), err)
		}
	}
	if err := act.Perform(b.stand()); err != nil {
		return fmt.Errorf("%q of %q cannot be done on this host, but the agent says that it was: %w", act, name(b.processes[self-1].Process), err)
	}
	return nil
}

// stand does to the host in memory what is done to files; for the rest, that it
// leaves a trace is all.
func (b *builder) stand() effect.Stand {
	return effect.Stand{
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

// trace adds one trace of an act.
func (b *builder) trace(self int, act effect.Act, t effect.Trace) error {
	seen := expectation{process: self, act: act.String(), local: t.Local, remote: t.Remote, protocol: "tcp"}
	if t.Datagrams {
		seen.protocol = "udp"
	}
	switch t.Kind {
	case effect.TraceStart:
		return b.start(*t.Process, self, t.Signal)
	case effect.TraceLine:
		b.line(act, t)
		return nil
	case effect.TraceAsk:
		b.processes[self-1].asks = true
		seen.kind = event.Connect
	case effect.TraceBind:
		seen.kind = event.Bind
	case effect.TraceConnect:
		seen.kind = event.Connect
	case effect.TraceSend:
		seen.kind, seen.protocol, seen.content = event.Send, "udp", t.Content
	default:
		return b.file(seen, t)
	}
	b.add(seen)
	return nil
}

// file adds a trace on the file system.
func (b *builder) file(seen expectation, t effect.Trace) error {
	real, err := b.host.tree.Locate(t.Path)
	if err != nil {
		return err
	}
	seen.path = real
	switch t.Kind {
	case effect.TraceFolder:
		b.folders(seen, real, t.Mode)
	case effect.TracePut, effect.TraceAdd:
		b.put(seen, t)
	case effect.TraceTruncate:
		b.write(seen, event.Truncate)
	case effect.TraceRemove:
		b.remove(seen)
	case effect.TraceReplace:
		b.folders(seen, filepath.Dir(real), missing)
		if b.there(real) {
			b.remove(seen)
		}
	case effect.TraceRemoveAll:
		b.groups++
		seen.group = b.groups
		b.removeAll(seen)
	case effect.TraceRename:
		return b.rename(seen, t.To)
	case effect.TraceSymlink:
		seen.kind, seen.to = event.Symlink, t.To
		b.add(seen)
	case effect.TraceMode:
		seen.kind, seen.mode = event.Chmod, uint32(t.Mode.Perm())
		b.add(seen)
	case effect.TraceTimes:
		seen.kind = event.Utimes
		if !t.At.IsZero() {
			seen.modified = &t.At
		}
		b.add(seen)
	case effect.TraceMap:
		seen.kind = event.Map
		b.add(seen)
	default:
		return fmt.Errorf("nobody knows what an act leaves by %q", t.Kind)
	}
	return nil
}

func (b *builder) there(real string) bool {
	_, err := b.host.disk.Lstat(real)
	return err == nil
}

// folders adds those that are missing, the outermost first, and makes them: one
// act may write several files into them.
func (b *builder) folders(seen expectation, real string, mode fs.FileMode) {
	if b.there(real) || len(real) <= len(b.host.tree.Root) {
		return
	}
	b.folders(seen, filepath.Dir(real), mode)
	seen.kind, seen.path = event.Mkdir, real
	b.add(seen)
	_ = b.host.disk.MkdirAll(real, mode) // where that is refused, so is the act
}

// put adds a file that is opened for writing. What is written through a link to
// the null device is lost, and changes no file.
func (b *builder) put(seen expectation, t effect.Trace) {
	b.folders(seen, filepath.Dir(seen.path), missing)
	if _, err := b.host.disk.Readlink(seen.path); err == nil {
		return
	}
	kind := event.Create
	switch {
	case b.there(seen.path) && t.Kind == effect.TraceAdd:
		kind = event.Write
	case b.there(seen.path):
		kind = event.Truncate
	}
	b.write(seen, kind)
	opaque := t.Opaque
	if from, err := b.host.tree.Locate(t.From); t.From != "" && err == nil {
		opaque = opaque || !b.host.knows(from)
	}
	if t.Kind == effect.TracePut {
		b.host.opaque[seen.path] = opaque
	}
}

func (b *builder) write(seen expectation, kind event.Kind) {
	b.save(seen.path)
	seen.kind = kind
	b.add(seen)
	b.wrote(seen.path, seen.process)
}

func (b *builder) wrote(real string, self int) {
	if b.host.tree.Captures(real) {
		b.unsaved[real] = self
	}
}

// save adds what a captured file holds that is not told yet.
func (b *builder) save(real string) {
	by, ok := b.unsaved[real]
	if !ok {
		return
	}
	delete(b.unsaved, real)
	content, err := b.host.disk.ReadFile(real)
	if err != nil {
		return // a folder was given that name
	}
	held := expectation{kind: event.Content, process: by, path: real, act: "what " + real + " holds"}
	if b.host.knows(real) {
		held.content = append([]byte{}, content[:min(len(content), event.MostContent)]...)
	}
	b.add(held)
}

func (b *builder) remove(seen expectation) {
	seen.kind = event.Unlink
	if stat, err := b.host.disk.Lstat(seen.path); err == nil && stat.IsDir() {
		seen.kind = event.Rmdir
	}
	b.save(seen.path)
	b.add(seen)
}

func (b *builder) removeAll(seen expectation) {
	below, err := b.host.disk.ReadDir(seen.path)
	for _, entry := range below {
		inner := seen
		inner.path = filepath.Join(seen.path, entry.Name())
		b.removeAll(inner)
	}
	if _, there := b.host.disk.Lstat(seen.path); err == nil || there == nil {
		b.remove(seen)
	}
}

func (b *builder) rename(seen expectation, to string) error {
	real, err := b.host.tree.Locate(to)
	if err != nil {
		return err
	}
	b.save(seen.path)
	b.save(real)
	seen.kind, seen.to = event.Rename, real
	b.add(seen)
	for path, writer := range b.unsaved {
		if rest, below := strings.CutPrefix(path, seen.path+"/"); below {
			delete(b.unsaved, path)
			b.wrote(real+"/"+rest, writer)
		}
	}
	b.wrote(real, seen.process)
	b.host.opaque[real] = !b.host.knows(seen.path)
	return nil
}
