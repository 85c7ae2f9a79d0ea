package effect

import (
	"io/fs"
	"time"

	"github.com/ringer-lab/ringer/emulation/artifact"
)

// Trace is one thing that an act must leave for the sensor to see, said by the
// act itself and apart from how it is done. It is data: whoever
// compares it with what was seen must know what was on the host before.
type Trace struct {
	Kind TraceKind
	// Path is what is acted on and To the new name, both platform paths; of
	// TraceSymlink, To is the link's target as it is given.
	Path, To string
	// From is the file whose content the one at Path takes over.
	From string
	// Opaque marks a file at Path whose content cannot be known outside the asset, such as an archive with the times of its files.
	Opaque bool
	// Mode is of TraceMode and TraceFolder; At of TraceTimes, zero where another file's are taken.
	Mode fs.FileMode
	At   time.Time
	// Process is who is started (TraceStart). Signal is what it is sent once it
	// runs, before its acts; 0 is nothing.
	Process *Process
	Signal  int
	// Remote is the other end of TraceConnect and TraceSend, Local the socket's own;
	// one without an address is any, and so is port 0. Datagrams is as in Connection.
	Local, Remote Endpoint
	Datagrams     bool
	// Content is that of a datagram (TraceSend).
	Content []byte
	// Words must all stand in one line of the service's log, or the line must be of
	// Request (TraceLine).
	Words   []string
	Request *Request
}

// TraceKind is what kind of trace is left.
type TraceKind string

// The kinds of trace.
const (
	TraceFolder         TraceKind = "folder"     // a folder and those on the way are made, as far as they are missing
	TraceOverwrite      TraceKind = "put"        // a file is opened for writing: made with the folders on its way where it is missing, emptied otherwise
	TraceAppend         TraceKind = "add"        // the same, but not emptied
	TraceTruncate       TraceKind = "truncate"   // a file is emptied by name
	TraceRemove         TraceKind = "remove"     // a file or an empty folder is deleted
	TraceReplace        TraceKind = "replace"    // the same, if there is one
	TraceRemoveAll      TraceKind = "remove_all" // a folder is deleted with all below it, in any order
	TraceRename         TraceKind = "rename"
	TraceSymlink        TraceKind = "symlink"
	TraceMode           TraceKind = "mode"
	TraceTimes          TraceKind = "times"
	TraceMap            TraceKind = "map"     // a file is mapped as code
	TraceBind           TraceKind = "bind"    // a socket is given its own end
	TraceConnect        TraceKind = "connect" // a socket is given its other end
	TraceSend           TraceKind = "send"    // a datagram is sent
	TraceServiceConnect TraceKind = "ask"     // a real service is connected to, in whatever way its client does
	TraceStart          TraceKind = "start"   // a process is started, performs its acts and ends
	TraceLine           TraceKind = "line"    // a real service adds a line to its log
)

// Traces of an act that starts a process is that process.
func (r Run) Traces() []Trace { return []Trace{{Kind: TraceStart, Process: &r.Process}} }

// Traces is the process, and the signal that it is sent.
func (a Access) Traces() []Trace {
	return []Trace{{Kind: TraceStart, Process: &a.Target, Signal: sigCont}}
}

// sigCont is the number of SIGCONT on Linux, which every asset's container runs.
const sigCont = 18

// Traces is the file opened for writing.
func (w Write) Traces() []Trace { return []Trace{{Kind: TraceOverwrite, Path: w.Path}} }

// Traces is the file opened to be extended.
func (a Append) Traces() []Trace { return []Trace{{Kind: TraceAppend, Path: a.Path}} }

// Traces is the copy, and its times where they are kept: reading leaves nothing.
func (c Copy) Traces() []Trace {
	all := []Trace{{Kind: TraceOverwrite, Path: c.To, From: c.From}}
	if c.KeepTimes {
		all = append(all, Trace{Kind: TraceTimes, Path: c.To})
	}
	return all
}

// Traces is the new name.
func (m Move) Traces() []Trace { return []Trace{{Kind: TraceRename, Path: m.From, To: m.To}} }

// Traces is the deletion.
func (r Remove) Traces() []Trace { return []Trace{{Kind: TraceRemove, Path: r.Path}} }

// Traces is the file emptied.
func (t Truncate) Traces() []Trace { return []Trace{{Kind: TraceTruncate, Path: t.Path}} }

// Traces is the folders made.
func (m MakeDir) Traces() []Trace { return []Trace{{Kind: TraceFolder, Path: m.Path, Mode: m.mode()}} }

// Traces is the mode.
func (s SetMode) Traces() []Trace { return []Trace{{Kind: TraceMode, Path: s.Path, Mode: s.Mode}} }

// Traces is the link, the folders on its way and what it replaces.
func (s SymLink) Traces() []Trace {
	return []Trace{{Kind: TraceReplace, Path: s.Path}, {Kind: TraceSymlink, Path: s.Path, To: s.Target}}
}

// Traces is the times.
func (s SetTimes) Traces() []Trace { return []Trace{{Kind: TraceTimes, Path: s.Path, At: s.At}} }

// Traces is the value's file.
func (s SetValue) Traces() []Trace { return []Trace{{Kind: TraceOverwrite, Path: s.path()}} }

// Traces is the deletion of the value's file.
func (d DeleteValue) Traces() []Trace {
	return []Trace{{Kind: TraceRemove, Path: artifact.ValuePath(d.Key, d.Name)}}
}

// Traces is the deletion of all below the key and of itself.
func (d DeleteKey) Traces() []Trace { return []Trace{{Kind: TraceRemoveAll, Path: d.Key}} }

// Traces is the archive, or each of its pieces.
func (p Pack) Traces() []Trace {
	var all []Trace
	for _, path := range p.Touches() {
		all = append(all, Trace{Kind: TraceOverwrite, Path: path, Opaque: true})
	}
	return all
}

// Traces is the mapping, and the record.
func (l Load) Traces() []Trace {
	all := []Trace{{Kind: TraceMap, Path: l.Path}}
	if l.Record != "" {
		all = append(all, Trace{Kind: TraceOverwrite, Path: l.Record, From: l.Path})
	}
	return all
}

// Traces is the record added to the log.
func (l Log) Traces() []Trace {
	return []Trace{{Kind: TraceAppend, Path: artifact.EventLogFile(l.Channel)}}
}
