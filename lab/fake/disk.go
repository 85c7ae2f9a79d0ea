package fake

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/ringer-lab/ringer/emulation/effect"
	"github.com/ringer-lab/ringer/emulation/event"
)

// disk is a file system in memory that tells an observer what is done to it.
// It answers as a kernel would to a user without privileges.
type disk struct {
	nodes map[string]*node
	now   func() time.Time
	// saw is told of every change; nil while nobody watches.
	saw func(event.Observation)
}

type node struct {
	mode     fs.FileMode
	content  []byte
	target   string
	modified time.Time
}

var _ effect.Disk = (*disk)(nil)

func newDisk(now func() time.Time) *disk {
	return &disk{now: now, nodes: map[string]*node{"/": {mode: fs.ModeDir | 0o755}}}
}

func (d *disk) tell(o event.Observation) {
	if d.saw != nil {
		d.saw(o)
	}
}

func refuse(op, name string, why error) error { return &fs.PathError{Op: op, Path: name, Err: why} }

// writable says why the folder that holds a name may not be changed.
func (d *disk) writable(op, name string) error {
	folder := d.nodes[filepath.Dir(name)]
	switch {
	case folder == nil:
		return refuse(op, name, syscall.ENOENT)
	case !folder.mode.IsDir():
		return refuse(op, name, syscall.ENOTDIR)
	case folder.mode.Perm()&0o200 == 0:
		return refuse(op, name, syscall.EACCES)
	}
	return nil
}

// follow gives the node a name leads to, over one symbolic link.
func (d *disk) follow(op, name string) (*node, error) {
	found := d.nodes[name]
	if found != nil && found.mode&fs.ModeSymlink != 0 {
		found = d.nodes[found.target]
	}
	if found == nil {
		return nil, refuse(op, name, syscall.ENOENT)
	}
	return found, nil
}

func (d *disk) Lstat(name string) (fs.FileInfo, error) {
	found := d.nodes[name]
	if found == nil {
		return nil, refuse("lstat", name, syscall.ENOENT)
	}
	return stat{name, found}, nil
}

func (d *disk) ReadFile(name string) ([]byte, error) {
	found, err := d.follow("read", name)
	if err != nil {
		return nil, err
	}
	return found.content, nil
}

func (d *disk) ReadDir(name string) ([]fs.DirEntry, error) {
	if folder := d.nodes[name]; folder == nil || !folder.mode.IsDir() {
		return nil, refuse("readdir", name, syscall.ENOENT)
	}
	var below []fs.DirEntry
	for path, one := range d.nodes {
		if path != "/" && filepath.Dir(path) == name {
			below = append(below, fs.FileInfoToDirEntry(stat{path, one}))
		}
	}
	return below, nil
}

func (d *disk) Readlink(name string) (string, error) {
	found := d.nodes[name]
	if found == nil || found.mode&fs.ModeSymlink == 0 {
		return "", refuse("readlink", name, syscall.EINVAL)
	}
	return found.target, nil
}

func (d *disk) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	if err := d.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	old := d.nodes[name]
	if old == nil {
		if err := d.writable("open", name); err != nil {
			return err
		}
		d.nodes[name] = &node{mode: mode, content: append([]byte(nil), content...), modified: d.now()}
		d.tell(event.Observation{Kind: event.Create, Path: name, Mode: uint32(mode)})
		return nil
	}
	switch {
	case old.mode.IsDir():
		return refuse("open", name, syscall.EISDIR)
	case old.mode.Perm()&0o200 == 0:
		return refuse("open", name, syscall.EACCES)
	}
	kind := event.Truncate
	if add {
		kind, content = event.Write, append(append([]byte(nil), old.content...), content...)
	}
	old.content, old.modified = append([]byte(nil), content...), d.now()
	d.tell(event.Observation{Kind: kind, Path: name})
	return nil
}

func (d *disk) MkdirAll(name string, mode fs.FileMode) error {
	if folder := d.nodes[name]; folder != nil {
		if !folder.mode.IsDir() {
			return refuse("mkdir", name, syscall.ENOTDIR)
		}
		return nil
	}
	if err := d.MkdirAll(filepath.Dir(name), mode); err != nil {
		return err
	}
	if err := d.writable("mkdir", name); err != nil {
		return err
	}
	d.nodes[name] = &node{mode: fs.ModeDir | mode.Perm(), modified: d.now()}
	d.tell(event.Observation{Kind: event.Mkdir, Path: name, Mode: uint32(mode.Perm())})
	return nil
}

func (d *disk) Symlink(target, name string) error {
	if d.nodes[name] != nil {
		return refuse("symlink", name, syscall.EEXIST)
	}
	if err := d.writable("symlink", name); err != nil {
		return err
	}
	d.nodes[name] = &node{mode: fs.ModeSymlink | 0o777, target: target, modified: d.now()}
	d.tell(event.Observation{Kind: event.Symlink, Path: name, To: target})
	return nil
}

func (d *disk) Rename(from, to string) error {
	if d.nodes[from] == nil {
		return refuse("rename", from, syscall.ENOENT)
	}
	for _, name := range []string{from, to} {
		if err := d.writable("rename", name); err != nil {
			return err
		}
	}
	d.tell(event.Observation{Kind: event.Rename, Path: from, To: to})
	for path, one := range d.nodes {
		if path == from || strings.HasPrefix(path, from+"/") {
			delete(d.nodes, path)
			d.nodes[to+strings.TrimPrefix(path, from)] = one
		}
	}
	return nil
}

func (d *disk) Remove(name string) error {
	found := d.nodes[name]
	if found == nil {
		return refuse("remove", name, syscall.ENOENT)
	}
	if err := d.writable("remove", name); err != nil {
		return err
	}
	kind := event.Unlink
	if found.mode.IsDir() {
		if below, err := d.ReadDir(name); err != nil || len(below) > 0 {
			return refuse("remove", name, syscall.ENOTEMPTY)
		}
		kind = event.Rmdir
	}
	d.tell(event.Observation{Kind: kind, Path: name})
	delete(d.nodes, name)
	return nil
}

func (d *disk) RemoveAll(name string) error {
	found := d.nodes[name]
	if found == nil {
		return nil
	}
	if found.mode.IsDir() {
		below, err := d.ReadDir(name)
		if err != nil {
			return err
		}
		for _, one := range below {
			if err := d.RemoveAll(filepath.Join(name, one.Name())); err != nil {
				return err
			}
		}
	}
	return d.Remove(name)
}

func (d *disk) Truncate(name string, size int64) error {
	found, err := d.follow("truncate", name)
	switch {
	case err != nil:
		return err
	case found.mode.Perm()&0o200 == 0:
		return refuse("truncate", name, syscall.EACCES)
	}
	found.content = append([]byte(nil), found.content[:min(size, int64(len(found.content)))]...)
	found.modified = d.now()
	d.tell(event.Observation{Kind: event.Truncate, Path: name})
	return nil
}

func (d *disk) Chmod(name string, mode fs.FileMode) error {
	found, err := d.follow("chmod", name)
	if err != nil {
		return err
	}
	found.mode = found.mode.Type() | mode.Perm()
	d.tell(event.Observation{Kind: event.Chmod, Path: name, Mode: uint32(mode.Perm())})
	return nil
}

func (d *disk) Chtimes(name string, accessed, modified time.Time) error {
	found, err := d.follow("chtimes", name)
	if err != nil {
		return err
	}
	before := found.modified
	found.modified = modified
	d.tell(event.Observation{Kind: event.Utimes, Path: name, Accessed: &accessed, Modified: &modified, Before: &before})
	return nil
}

// stat is a node as fs.FileInfo.
type stat struct {
	name string
	node *node
}

func (s stat) Name() string       { return filepath.Base(s.name) }
func (s stat) Size() int64        { return int64(len(s.node.content)) }
func (s stat) Mode() fs.FileMode  { return s.node.mode }
func (s stat) ModTime() time.Time { return s.node.modified }
func (s stat) IsDir() bool        { return s.node.mode.IsDir() }
func (s stat) Sys() any           { return nil }
