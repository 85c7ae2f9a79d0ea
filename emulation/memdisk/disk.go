package memdisk

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// Disk is a file system in memory that reports each change to an observer. It
// answers as a kernel would to a user without privileges. It is not safe for
// concurrent use.
type Disk struct {
	nodes map[string]*node
	// below is what is in each folder that has anything in it, by name.
	below map[string][]fileInfo
	now   func() time.Time
	// OnChange is called after each change; it may be nil.
	OnChange func(event.Observation)
	// BeforeChange is called with the name of a file before its content or name is
	// replaced or removed; it may be nil.
	BeforeChange func(name string)
}

type node struct {
	mode     fs.FileMode
	content  []byte
	target   string
	modified time.Time
}

var _ effect.Disk = (*Disk)(nil)

// New returns a disk with nothing but its root folder; now is the clock of
// modification times.
func New(now func() time.Time) *Disk {
	return &Disk{now: now, nodes: map[string]*node{"/": {mode: fs.ModeDir | 0o755}}, below: map[string][]fileInfo{}}
}

// set puts a node at a name.
func (d *Disk) set(name string, to *node) {
	d.nodes[name] = to
	folder, at, there := d.place(name)
	if there {
		d.below[folder][at].node = to
		return
	}
	d.below[folder] = slices.Insert(d.below[folder], at, fileInfo{path.Base(name), to})
}

// unset takes a name away.
func (d *Disk) unset(name string) {
	delete(d.nodes, name)
	if folder, at, there := d.place(name); there {
		d.below[folder] = slices.Delete(d.below[folder], at, at+1)
	}
}

// place is where a name is in its folder, or would be.
func (d *Disk) place(name string) (folder string, at int, there bool) {
	folder = path.Dir(name)
	at, there = slices.BinarySearchFunc(d.below[folder], path.Base(name), func(f fileInfo, base string) int { return strings.Compare(f.name, base) })
	return folder, at, there
}

func (d *Disk) notify(o event.Observation) {
	if d.OnChange != nil {
		d.OnChange(o)
	}
}

func (d *Disk) notifyBefore(name string) {
	if d.BeforeChange != nil {
		d.BeforeChange(name)
	}
}

// checkWritable returns an error if the folder of a name may not be changed.
func (d *Disk) checkWritable(op, name string) error {
	folder := d.nodes[path.Dir(name)]
	switch {
	case folder == nil:
		return pathError(op, name, noSuchFile)
	case !folder.mode.IsDir():
		return pathError(op, name, notAFolder)
	case folder.mode.Perm()&0o200 == 0:
		return pathError(op, name, denied)
	}
	return nil
}

// follow gives the node a name leads to, over one symbolic link.
func (d *Disk) follow(op, name string) (*node, error) {
	found := d.nodes[name]
	if found != nil && found.mode&fs.ModeSymlink != 0 {
		found = d.nodes[found.target]
	}
	if found == nil {
		return nil, pathError(op, name, noSuchFile)
	}
	return found, nil
}

// Lstat describes what is at a name, links not followed. It fails if nothing is
// there.
func (d *Disk) Lstat(name string) (fs.FileInfo, error) {
	found := d.nodes[name]
	if found == nil {
		return nil, pathError("lstat", name, noSuchFile)
	}
	return fileInfo{name, found}, nil
}

// ReadFile returns the content of a file, over one link. It fails if there is no
// such file.
func (d *Disk) ReadFile(name string) ([]byte, error) {
	found, err := d.follow("read", name)
	switch {
	case err != nil:
		return nil, err
	case found.mode.IsDir():
		return nil, pathError("read", name, isAFolder)
	}
	return found.content, nil
}

// ReadDir returns what is in a folder, by name. It fails if there is no such
// folder.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	if folder := d.nodes[name]; folder == nil || !folder.mode.IsDir() {
		return nil, pathError("readdir", name, noSuchFile)
	}
	files := slices.Clone(d.below[name])
	below := make([]fs.DirEntry, len(files))
	for i := range files {
		below[i] = &files[i]
	}
	return below, nil
}

// Readlink returns the target of a link. It fails if there is no such link.
func (d *Disk) Readlink(name string) (string, error) {
	found := d.nodes[name]
	if found == nil || found.mode&fs.ModeSymlink == 0 {
		return "", pathError("readlink", name, invalid)
	}
	return found.target, nil
}

// fileInfo is a node as fs.FileInfo and as fs.DirEntry; name may be a whole path.
type fileInfo struct {
	name string
	node *node
}

func (s fileInfo) Name() string       { return path.Base(s.name) }
func (s fileInfo) Size() int64        { return int64(len(s.node.content)) }
func (s fileInfo) Mode() fs.FileMode  { return s.node.mode }
func (s fileInfo) ModTime() time.Time { return s.node.modified }
func (s fileInfo) IsDir() bool        { return s.node.mode.IsDir() }
func (s fileInfo) Sys() any           { return nil }

func (s fileInfo) Type() fs.FileMode          { return s.node.mode.Type() }
func (s fileInfo) Info() (fs.FileInfo, error) { return s, nil }
