package persona

import (
	"path"

	"github.com/ringer-lab/ringer/emulation/event"
)

// auditAct is an observation as a system call with the paths it was about.
type auditAct struct {
	call   string
	number int
	// perm is the letter by which a watch asks for it; 0 where no watch does.
	perm  rune
	items []auditItem
}

// auditItem is one PATH record to be.
type auditItem struct {
	name string
	kind string // PARENT, NORMAL, CREATE or DELETE
	node inode
}

// auditCalls are the calls by which the GNU programs of Debian 12 do these
// things on x86-64. The sensor tells what was done, not by which of the kernel's
// several calls, so the name is the usual one.
var auditCalls = map[event.Kind]auditAct{
	event.Exec:     {call: "execve", number: 59, perm: 'x'},
	event.Create:   {call: "openat", number: 257, perm: 'w'},
	event.Write:    {call: "openat", number: 257, perm: 'w'},
	event.Truncate: {call: "openat", number: 257, perm: 'w'},
	event.Rename:   {call: "rename", number: 82, perm: 'w'},
	event.Unlink:   {call: "unlinkat", number: 263, perm: 'w'},
	event.Mkdir:    {call: "mkdir", number: 83, perm: 'w'},
	event.Rmdir:    {call: "rmdir", number: 84, perm: 'w'},
	event.Symlink:  {call: "symlinkat", number: 266, perm: 'w'},
	event.Link:     {call: "linkat", number: 265, perm: 'a'},
	event.Chmod:    {call: "fchmodat", number: 268, perm: 'a'},
	event.Utimes:   {call: "utimensat", number: 280},

	event.Chown:     {call: "fchownat", number: 260, perm: 'a'},
	event.Attribute: {call: "setxattr", number: 188, perm: 'a'},
	event.Pipe:      {call: "mknodat", number: 259, perm: 'w'},
	event.Connect:   {call: "connect", number: 42},
}

// auditActOf gives the call and its items, in the order in which the kernel
// notes them; it also brings the inodes up to date.
func auditActOf(m moment, nodes *inodes) (auditAct, bool) {
	act, known := auditCalls[m.Kind]
	if m.Kind == event.Connect {
		return act, m.Socket != nil && m.Socket.Remote.IsValid()
	}
	if !known || m.path == "" {
		return act, false
	}
	before := nodes.at(m.path)
	nodes.follow(m)
	parent := func(of string) auditItem {
		folder := path.Dir(of)
		return auditItem{folder + "/", "PARENT", nodes.folder(folder)}
	}
	switch m.Kind {
	case event.Exec, event.Chmod, event.Utimes, event.Chown, event.Attribute:
		act.items = []auditItem{{m.path, "NORMAL", nodes.at(m.path)}}
	case event.Create, event.Mkdir, event.Symlink, event.Pipe:
		act.items = []auditItem{parent(m.path), {m.path, "CREATE", nodes.at(m.path)}}
	case event.Write, event.Truncate:
		act.items = []auditItem{parent(m.path), {m.path, "NORMAL", before}}
	case event.Unlink, event.Rmdir:
		act.items = []auditItem{parent(m.path), {m.path, "DELETE", before}}
	case event.Rename:
		act.items = []auditItem{parent(m.path), parent(m.to), {m.path, "DELETE", before}, {m.to, "CREATE", before}}
	case event.Link:
		act.items = []auditItem{{m.path, "NORMAL", before}, parent(m.to), {m.to, "CREATE", before}}
	}
	return act, true
}
