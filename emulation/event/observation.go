package event

import "time"

// Observation is one act of a traced process, seen in the kernel. Only acts
// that succeeded are reported. Paths are absolute and real
// (`/asset/c/Windows/…`); the persona's translation names them.
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
	// symbolic link's target. Set for all kinds but fork and exit.
	Path string `json:"path,omitempty"`
	To   string `json:"to,omitempty"`

	// Exec only: the argument vector as passed to the call, the working
	// directory, and the environment variables named in Keep.
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

	// Content is what a captured file held when its writer ended or replaced
	// it (kind content), or an executed file's first bytes (kind exec).
	Content []byte `json:"content,omitempty"`
	// Digest is the SHA-256 of an executed file, in hex.
	Digest string `json:"digest,omitempty"`
	// Code is the exit code, or 128 plus the signal (kind exit).
	Code int `json:"code,omitempty"`
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
)

// Keep names the environment variables an exec observation holds: the account
// a process stands for, and whether it stands for one already running.
var Keep = [...]string{EnvUser, EnvResident}

// The variables a stand-in is started with.
const (
	EnvUser     = "RINGER_USER"
	EnvResident = "RINGER_RESIDENT"
)
