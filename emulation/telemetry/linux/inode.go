package linux

import (
	"strings"

	"github.com/ringer-lab/ringer/emulation/artifact"
	"github.com/ringer-lab/ringer/emulation/event"
	"github.com/ringer-lab/ringer/emulation/telemetry/channel"
)

// The types of file, as the upper bits of a mode have them.
const (
	modeFile    = 0o100000
	modeFolder  = 0o040000
	modeSymlink = 0o120000
)

// inode is what auditd writes of a file besides its name.
type inode struct {
	mode     uint32
	uid, gid int
}

// inodes remembers mode and owner of an asset's files, as provisioned and as
// changed since. The kernel's owner is the same for all files; the one here
// follows from the account that made the file, or whose home it lies in.
type inodes struct {
	accounts []artifact.LinuxAccount
	known    map[string]inode
}

func newInodes(h channel.Host) *inodes {
	nodes := &inodes{accounts: accountsOf(h.Asset), known: map[string]inode{}}
	for _, file := range h.Asset.Kind.Files {
		node := nodes.owned(file.Path)
		node.mode = modeFile | 0o644
		if file.Folder {
			node.mode = modeFolder | 0o755
		}
		if file.Mode != 0 {
			node.mode = node.mode&^0o777 | uint32(file.Mode.Perm())
		}
		nodes.known[file.Path] = node
	}
	return nodes
}

// owned gives the owner of a file that nobody was seen to make: whose home it
// lies in, else root.
func (n *inodes) owned(name string) inode {
	for _, a := range n.accounts {
		if !strings.HasPrefix(a.Home, "/usr/") && (name == a.Home || strings.HasPrefix(name, a.Home+"/")) {
			return inode{uid: a.UID, gid: a.GID}
		}
	}
	return inode{}
}

// at is a file; one that nobody knows is a program of the system's.
func (n *inodes) at(name string) inode {
	if node, ok := n.known[name]; ok {
		return node
	}
	node := n.owned(name)
	node.mode = modeFile | 0o755
	return node
}

// folder is the same for a folder.
func (n *inodes) folder(name string) inode {
	node := n.at(name)
	if node.mode&modeFolder == 0 {
		node.mode = modeFolder | 0o755
	}
	return node
}

// follow brings a file up to date.
func (n *inodes) follow(a channel.Activity) {
	made := inode{mode: a.Mode & 0o7777}
	if who, ok := accountNamed(n.accounts, userOf(a.Actor)); ok {
		made.uid, made.gid = who.UID, who.GID
	}
	switch a.Kind {
	case event.Create:
		made.mode |= modeFile
		n.known[a.PlatformPath] = made
	case event.Mkdir:
		made.mode |= modeFolder
		n.known[a.PlatformPath] = made
	case event.Symlink:
		made.mode = modeSymlink | 0o777
		n.known[a.PlatformPath] = made
	case event.Chmod:
		node := n.at(a.PlatformPath)
		node.mode = node.mode&^0o7777 | made.mode
		n.known[a.PlatformPath] = node
	case event.Rename:
		n.known[a.PlatformTo] = n.at(a.PlatformPath)
		delete(n.known, a.PlatformPath)
	case event.Link:
		n.known[a.PlatformTo] = n.at(a.PlatformPath)
	case event.Unlink, event.Rmdir:
		delete(n.known, a.PlatformPath)
	}
}

func accountNamed(all []artifact.LinuxAccount, name string) (artifact.LinuxAccount, bool) {
	for _, account := range all {
		if account.Name == name {
			return account, true
		}
	}
	return artifact.LinuxAccount{}, false
}
