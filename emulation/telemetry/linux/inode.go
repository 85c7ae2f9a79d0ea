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
		node := nodes.defaultOwner(file.Path)
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

// defaultOwner returns the owner of a file that was not seen to be made: whose home it
// lies in, else root.
func (n *inodes) defaultOwner(name string) inode {
	for _, a := range n.accounts {
		if !strings.HasPrefix(a.Home, "/usr/") && (name == a.Home || strings.HasPrefix(name, a.Home+"/")) {
			return inode{uid: a.UID, gid: a.GID}
		}
	}
	return inode{}
}

// fileAt returns the inode of a file; one that is not known is a program of the system.
func (n *inodes) fileAt(name string) inode {
	if node, ok := n.known[name]; ok {
		return node
	}
	node := n.defaultOwner(name)
	node.mode = modeFile | 0o755
	return node
}

// folderAt is fileAt for a folder.
func (n *inodes) folderAt(name string) inode {
	node := n.fileAt(name)
	if node.mode&modeFolder == 0 {
		node.mode = modeFolder | 0o755
	}
	return node
}

// update brings a file up to date.
func (n *inodes) update(a channel.Activity) {
	made := inode{mode: a.Mode & 0o7777}
	if account, ok := accountNamed(n.accounts, userOf(a.Actor)); ok {
		made.uid, made.gid = account.UID, account.GID
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
		node := n.fileAt(a.PlatformPath)
		node.mode = node.mode&^0o7777 | made.mode
		n.known[a.PlatformPath] = node
	case event.Rename:
		n.known[a.PlatformTo] = n.fileAt(a.PlatformPath)
		delete(n.known, a.PlatformPath)
	case event.Link:
		n.known[a.PlatformTo] = n.fileAt(a.PlatformPath)
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
