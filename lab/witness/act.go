//go:build linux

package witness

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

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
	// Argv is what the program was given, Script whether an interpreter ran it:
	// then the kernel has put words in the place of the first.
	Argv   []string
	Script bool
	// Remote is where a socket was connected to, if that is an address.
	Remote netip.AddrPort
	// Broken says what could not be read of it; nothing reports such an act.
	Broken string

	namespace uint64 // the kernel gives the same again once a container is gone
	at        uint64 // nanoseconds, for order
	thread    int    // the host's number of the acting thread
	asker     int    // the host's number of the thread that asked for an execution
}

func (a Act) String() string {
	text := fmt.Sprintf("%s: %s %s", a.Process, a.Call, a.Path)
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
// to the same, with the same words.
func (a Act) matches(s Seen) bool {
	if a.Broken != "" || !slices.Contains(a.Kinds, s.Kind) || !samePath(a.Path, s.Path) {
		return false
	}
	switch s.Kind {
	case event.Exec:
		return slices.Equal(a.Argv, s.Argv)
	case event.Rename, event.Link:
		return samePath(a.To, s.To)
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
