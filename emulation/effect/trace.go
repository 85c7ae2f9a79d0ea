package effect

import (
	"io/fs"
	"time"
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
