package event

import (
	"net/netip"
	"slices"
	"time"

	"github.com/ringer-lab/ringer/emulation/event/variable"
)

// Observation is one act of a traced process, seen in the kernel. Only acts
// that succeeded are reported, and those that the sensor refused. Paths are absolute and real
// (`/asset/c/Windows/…`); the platform's translation names them.
type Observation struct {
	// Seq counts up from 1 without a gap on one asset: a gap is a loss.
	Seq uint64 `json:"seq"`
	// At is the time since the asset was opened.
	At   time.Duration `json:"at"`
	Kind Kind          `json:"kind"`
	// Step is the id of the step, baseline or canary that caused it.
	Step string `json:"step"`
	// Process and Parent are keys, unique on an asset over its whole life
	// (kernel pids come again). Parent 0 is the agent.
	Process uint64 `json:"process"`
	Parent  uint64 `json:"parent,omitempty"`
	PID     int    `json:"pid"`
	UID     int    `json:"uid"`

	// Path is what was acted on; To is the new name of a rename or link, or a
	// symbolic link's target. Not set for fork, exit, signal and refused, nor
	// for sockets that have no name in the file system.
	Path string `json:"path,omitempty"`
	To   string `json:"to,omitempty"`

	// Exec only: the argument vector as passed to the call, the working
	// directory, and the environment variables named in [KeptVariables].
	Argv []string          `json:"argv,omitempty"`
	Dir  string            `json:"dir,omitempty"`
	Env  map[string]string `json:"env,omitempty"`

	// Mode is the permission bits after create, mkdir or chmod.
	Mode uint32 `json:"mode,omitempty"`
	// Accessed, Modified are the times set by utimes; Before is the
	// modification time that was there.
	Accessed *time.Time `json:"accessed,omitempty"`
	Modified *time.Time `json:"modified,omitempty"`
	Before   *time.Time `json:"before,omitempty"`

	// Owner is who a file belongs to after chown.
	Owner *Owner `json:"owner,omitempty"`

	// Content is what a captured file held when its writer ended or replaced
	// it (kind content), an executed or mapped file's first bytes (kinds exec
	// and map), an attribute's value, a datagram's first bytes (kind send), or
	// a line of a log (kind line).
	Content []byte `json:"content,omitempty"`
	// Digest is the SHA-256 of an executed or mapped file, in hex.
	Digest string `json:"digest,omitempty"`
	// Code is the exit code, or 128 plus the signal (kind exit); the signal's
	// number (kind signal).
	Code int `json:"code,omitempty"`
	// Target is the key of the process that a signal went to; 0 is one that the
	// sensor did not start.
	Target uint64 `json:"target,omitempty"`
	// Socket is what connect, accept, bind and send were done with.
	Socket *Socket `json:"socket,omitempty"`
	// Name is an extended attribute's (kind attribute), or that of the call
	// which was refused.
	Name string `json:"name,omitempty"`
}

// Owner is a file's user and group.
type Owner struct {
	UID uint32 `json:"uid"`
	GID uint32 `json:"gid"`
}

// Socket is the two ends of a socket, as far as it has them. The end of a unix socket
// is the observation's Path, where it has a name in the file system.
type Socket struct {
	// Protocol is "tcp", "udp", "raw" or "unix".
	Protocol string         `json:"protocol"`
	Local    netip.AddrPort `json:"local,omitzero"`
	Remote   netip.AddrPort `json:"remote,omitzero"`
}

// Kind is what an observation is of.
type Kind string

// The kinds of observation.
const (
	Fork     Kind = "fork"
	Exec     Kind = "exec"
	Exit     Kind = "exit"
	Create   Kind = "create"   // a file that was not there was opened for writing
	Write    Kind = "write"    // a file that was there was opened for writing
	Truncate Kind = "truncate" // the same, emptied first; or truncated by name
	Rename   Kind = "rename"
	Unlink   Kind = "unlink"
	Mkdir    Kind = "mkdir"
	Rmdir    Kind = "rmdir"
	Link     Kind = "link"
	Symlink  Kind = "symlink"
	Chmod    Kind = "chmod"
	Utimes   Kind = "utimes"
	Content  Kind = "content"

	Chown     Kind = "chown"
	Attribute Kind = "attribute" // an extended attribute was set; without Content, maybe emptied or removed
	Pipe      Kind = "pipe"      // a named pipe was made
	PipeOpen  Kind = "pipe_open" // a named pipe was opened for writing
	Map       Kind = "map"       // a file was mapped as a program's code
	Connect   Kind = "connect"   // a socket was given its other end
	Accept    Kind = "accept"    // a connection was taken
	Bind      Kind = "bind"      // a socket was given its own end
	Send      Kind = "send"      // a datagram was sent
	Signal    Kind = "signal"    // another process, or itself, was sent a signal
	Refused   Kind = "refused"   // a call was refused, as its effects would have gone unseen
	Line      Kind = "line"      // a real daemon, which no step started, added this line to its log
)

// kinds are all of them, in the order above.
var kinds = [...]Kind{
	Fork, Exec, Exit, Create, Write, Truncate, Rename, Unlink, Mkdir, Rmdir, Link, Symlink, Chmod, Utimes, Content,
	Chown, Attribute, Pipe, PipeOpen, Map, Connect, Accept, Bind, Send, Signal, Refused, Line,
}

// Kinds returns all kinds of observation, in the order in which they are declared.
func Kinds() []Kind { return slices.Clone(kinds[:]) }

// MaxContent is how many bytes of a captured file an observation has (kind content);
// the rest of a longer file is not reported.
const MaxContent = 64 << 10

// KeptVariables are the environment variables that an exec observation has: the account
// a process stands for, whether it stands for one already running, the integrity
// level it runs at, and the hosts that loopback addresses stand for.
var KeptVariables = [...]string{EnvUser, EnvResident, EnvIntegrity, EnvPeers}

// The variables a stand-in is started with.
const (
	EnvUser      = variable.User
	EnvResident  = variable.Resident
	EnvIntegrity = variable.Integrity
	EnvPeers     = variable.Peers
)
