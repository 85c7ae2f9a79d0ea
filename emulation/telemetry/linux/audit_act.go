package linux

import (
	"path"

	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// auditedCall is an observation as a system call with the paths it was about.
type auditedCall struct {
	call   string
	number int
	// permission is the letter by which a watch asks for it; 0 where no watch does.
	permission rune
	items      []auditItem
}

// auditItem is one PATH record to be.
type auditItem struct {
	name string
	kind string // PARENT, NORMAL, CREATE or DELETE
	node inode
}

// auditCalls are the calls by which the GNU programs of Debian 12 do these
// things on x86-64. The sensor reports what was done, not by which of the kernel's
// several calls, so the name is the usual one.
var auditCalls = map[event.Kind]auditedCall{
	event.Exec:     {call: "execve", number: 59, permission: 'x'},
	event.Create:   {call: "openat", number: 257, permission: 'w'},
	event.Write:    {call: "openat", number: 257, permission: 'w'},
	event.Truncate: {call: "openat", number: 257, permission: 'w'},
	event.Rename:   {call: "rename", number: 82, permission: 'w'},
	event.Unlink:   {call: "unlinkat", number: 263, permission: 'w'},
	event.Mkdir:    {call: "mkdir", number: 83, permission: 'w'},
	event.Rmdir:    {call: "rmdir", number: 84, permission: 'w'},
	event.Symlink:  {call: "symlinkat", number: 266, permission: 'w'},
	event.Link:     {call: "linkat", number: 265, permission: 'a'},
	event.Chmod:    {call: "fchmodat", number: 268, permission: 'a'},
	event.Utimes:   {call: "utimensat", number: 280},

	event.Chown:     {call: "fchownat", number: 260, permission: 'a'},
	event.Attribute: {call: "setxattr", number: 188, permission: 'a'},
	event.Pipe:      {call: "mknodat", number: 259, permission: 'w'},
	event.Connect:   {call: "connect", number: 42},
}

// auditedCallOf gives the call and its items, in the order in which the kernel
// notes them; it also brings the inodes up to date.
func auditedCallOf(a channel.Activity, nodes *inodes) (auditedCall, bool) {
	act, known := auditCalls[a.Kind]
	if a.Kind == event.Connect {
		return act, a.Socket != nil && a.Socket.Remote.IsValid()
	}
	if !known || a.PlatformPath == "" {
		return act, false
	}
	before := nodes.fileAt(a.PlatformPath)
	nodes.update(a)
	parent := func(of string) auditItem {
		folder := path.Dir(of)
		return auditItem{folder + "/", "PARENT", nodes.folderAt(folder)}
	}
	switch a.Kind {
	case event.Exec, event.Chmod, event.Utimes, event.Chown, event.Attribute:
		act.items = []auditItem{{a.PlatformPath, "NORMAL", nodes.fileAt(a.PlatformPath)}}
	case event.Create, event.Mkdir, event.Symlink, event.Pipe:
		act.items = []auditItem{parent(a.PlatformPath), {a.PlatformPath, "CREATE", nodes.fileAt(a.PlatformPath)}}
	case event.Write, event.Truncate:
		act.items = []auditItem{parent(a.PlatformPath), {a.PlatformPath, "NORMAL", before}}
	case event.Unlink, event.Rmdir:
		act.items = []auditItem{parent(a.PlatformPath), {a.PlatformPath, "DELETE", before}}
	case event.Rename:
		act.items = []auditItem{parent(a.PlatformPath), parent(a.PlatformTo), {a.PlatformPath, "DELETE", before}, {a.PlatformTo, "CREATE", before}}
	case event.Link:
		act.items = []auditItem{{a.PlatformPath, "NORMAL", before}, parent(a.PlatformTo), {a.PlatformTo, "CREATE", before}}
	}
	return act, true
}
