//go:build linux

package witness

import (
	"fmt"
	"net/netip"
	"path"
	"slices"
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Process is one that both records name.
type Process struct {
	// Asset is the host's number of the first process of the asset's container.
	Asset int
	// PID is the process's number in there.
	PID int
}

func (p Process) String() string { return fmt.Sprintf("process %d of asset %d", p.PID, p.Asset) }

// Act is a call that succeeded, as the kernel recorded it.
type Act struct {
	Process Process
	// Parent is the number of the process that started this one, in the same
	// namespace; 0 is one outside of it.
	Parent int
	// Call is the name of the system call.
	Call string
	// Kinds are those of observations that report such an act.
	Kinds []event.Kind
	// Path and To are as the program gave them. They are empty for calls that
	// name their file by a descriptor.
	Path, To string
	// Comm is the process's name as the kernel has it, File that of the file it runs.
	Comm, File string
	// Argv is what the program was given.
	Argv []string
	// Remote is where a socket was connected to, if that is an address.
	Remote netip.AddrPort
	// Broken says what could not be read of it; nothing reports such an act.
	Broken string

	namespace uint64 // the kernel gives the same again once a container is gone
	at        uint64 // nanoseconds, for order
	thread    int    // the host's number of the acting thread
	asker     int    // the host's number of the thread that asked for an execution
	// asked is the first word that the thread asked for; nil is not known.
	asked *string
}

// withoutInterpreter is the execution of a script as it was asked for: an interpreter is
// given its own words and the script's path in the place of the first one. done is false
// for anything else.
func (a Act) withoutInterpreter() (_ Act, done bool) {
	head := []string{artifact.Interpreter, artifact.StandIn, a.Path}
	if a.Call != "exec" || len(a.Argv) < len(head) || !slices.Equal(a.Argv[:len(head)], head) {
		return a, false
	}
	if a.asked == nil {
		a.Broken = "its arguments could not be read"
		return a, true
	}
	a.Argv = append([]string{*a.asked}, a.Argv[len(head):]...)
	return a, true
}

func (a Act) String() string {
	text := fmt.Sprintf("%s (%s, %s, of %d): %s %s", a.Process, a.Comm, a.File, a.Parent, a.Call, a.Path)
	switch {
	case a.Argv != nil:
		text += fmt.Sprintf(" %q", a.Argv)
	case a.To != "":
		text += " to " + a.To
	case a.Remote.IsValid():
		text += " " + a.Remote.String()
	}
	if a.Broken != "" {
		text += " (" + a.Broken + ")"
	}
	return text
}

// Seen is an observation of the sensor's, and whose asset it is of.
type Seen struct {
	Asset int // as in Process
	event.Observation
}

// told is what the observations up to one say of its process.
type told struct {
	Seen
	// platform is the asset's, parent the number of the process that started this one.
	platform effect.Platform
	parent   int
	// program is the path of what it runs; empty where its execution was not reported.
	program string
}

// maxComm is how much of a program's name the kernel keeps as the process's.
const maxComm = 15

func (t told) comm() string {
	name := path.Base(t.program)
	return name[:min(len(name), maxComm)]
}

func (t told) String() string {
	return strings.Replace(t.Seen.String(), ":", fmt.Sprintf(" (%s, %s, of %d):", t.comm(), path.Base(t.program), t.parent), 1)
}

func (s Seen) process() Process { return Process{s.Asset, s.PID} }

func (s Seen) String() string {
	text := fmt.Sprintf("%s: %s %s", s.process(), s.Kind, s.Path)
	switch {
	case s.Argv != nil:
		text += fmt.Sprintf(" %q", s.Argv)
	case s.To != "":
		text += " to " + s.To
	case s.Socket != nil:
		text += " " + s.Socket.Remote.String()
	}
	return text
}

// matches reports whether an observation is of an act: the same kind of thing, done
// to the same, with the same words, by the same program, which the same process started.
// On Linux each is said in the same words, and the program is a file of its own.
func (a Act) matches(s told) bool {
	same := samePath
	if s.platform == effect.Linux {
		same = func(given, real string) bool { return given == "" || given == real }
	}
	if a.Broken != "" || !slices.Contains(a.Kinds, s.Kind) || !same(a.Path, s.Path) || a.Parent != s.parent {
		return false
	}
	if s.program != "" && (a.Comm != s.comm() || s.platform == effect.Linux && a.File != path.Base(s.program)) {
		return false
	}
	switch s.Kind {
	case event.Exec:
		return slices.Equal(a.Argv, s.Argv)
	case event.Rename, event.Link:
		return same(a.To, s.To)
	case event.Symlink:
		return a.To == s.To // its target, as it was given
	case event.Connect:
		return s.Socket != nil && s.Socket.Remote == a.Remote
	}
	return true
}

// samePath compares a path as given with the real one. A call that names none has
// any.
func samePath(given, real string) bool {
	given = clean(given)
	switch {
	case given == "" || given == real:
		return true
	case strings.HasPrefix(given, "/"):
		return false
	}
	return strings.HasSuffix(real, "/"+given)
}

// clean takes out of a path what leads nowhere.
func clean(path string) string {
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	path = strings.TrimPrefix(strings.ReplaceAll(path, "/./", "/"), "./")
	if path != "/" {
		path = strings.TrimSuffix(path, "/")
	}
	return path
}
