package memdisk

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ringer-lab/ringer/emulation/event"
)

// Put creates a file or replaces its content; see [effect.Disk]. It fails if a
// folder has the name, or the file or its folder is read-only.
func (d *Disk) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	if err := d.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	old := d.nodes[name]
	if old == nil {
		if err := d.checkWritable("open", name); err != nil {
			return err
		}
		d.set(name, &node{mode: mode, content: append([]byte(nil), content...), modified: d.now()})
		d.notify(event.Observation{Kind: event.Create, Path: name, Mode: uint32(mode)})
		return nil
	}
	switch {
	case old.mode&fs.ModeSymlink != 0 && old.target == os.DevNull:
		return nil // what is written there is lost, and no file is changed
	case old.mode.IsDir():
		return pathError("open", name, isAFolder)
	case old.mode.Perm()&0o200 == 0:
		return pathError("open", name, denied)
	}
	d.notifyBefore(name)
	kind := event.Truncate
	if add {
		kind, content = event.Write, append(append([]byte(nil), old.content...), content...)
	}
	old.content, old.modified = append([]byte(nil), content...), d.now()
	d.notify(event.Observation{Kind: kind, Path: name})
	return nil
}

// MkdirAll makes a folder and those above it. It fails if a file stands in the
// way or the folder is read-only.
func (d *Disk) MkdirAll(name string, mode fs.FileMode) error {
	if folder := d.nodes[name]; folder != nil {
		if !folder.mode.IsDir() {
			return pathError("mkdir", name, notAFolder)
		}
		return nil
	}
	if err := d.MkdirAll(path.Dir(name), mode); err != nil {
		return err
	}
	if err := d.checkWritable("mkdir", name); err != nil {
		return err
	}
	d.set(name, &node{mode: fs.ModeDir | mode.Perm(), modified: d.now()})
	d.notify(event.Observation{Kind: event.Mkdir, Path: name, Mode: uint32(mode.Perm())})
	return nil
}

// Symlink makes a link. It fails if the name is taken or the folder is read-only.
func (d *Disk) Symlink(target, name string) error {
	if d.nodes[name] != nil {
		return pathError("symlink", name, exists)
	}
	if err := d.checkWritable("symlink", name); err != nil {
		return err
	}
	d.set(name, &node{mode: fs.ModeSymlink | 0o777, target: target, modified: d.now()})
	d.notify(event.Observation{Kind: event.Symlink, Path: name, To: target})
	return nil
}

// Rename moves what is at one name to another, with all below it. It fails if
// nothing is there or one of the folders is read-only.
func (d *Disk) Rename(from, to string) error {
	if d.nodes[from] == nil {
		return pathError("rename", from, noSuchFile)
	}
	for _, name := range []string{from, to} {
		if err := d.checkWritable("rename", name); err != nil {
			return err
		}
	}
	d.notifyBefore(from)
	d.notifyBefore(to)
	d.notify(event.Observation{Kind: event.Rename, Path: from, To: to})
	for _, path := range slices.Collect(maps.Keys(d.nodes)) {
		if path == from || strings.HasPrefix(path, from+"/") {
			moved := d.nodes[path]
			d.unset(path)
			d.set(to+strings.TrimPrefix(path, from), moved)
		}
	}
	return nil
}

// Remove deletes a file or an empty folder. It fails if nothing is there, the
// folder is not empty, or its parent is read-only.
func (d *Disk) Remove(name string) error {
	found := d.nodes[name]
	if found == nil {
		return pathError("remove", name, noSuchFile)
	}
	if err := d.checkWritable("remove", name); err != nil {
		return err
	}
	kind := event.Unlink
	if found.mode.IsDir() {
		if below, err := d.ReadDir(name); err != nil || len(below) > 0 {
			return pathError("remove", name, notEmpty)
		}
		kind = event.Rmdir
	}
	d.notifyBefore(name)
	d.notify(event.Observation{Kind: kind, Path: name})
	d.unset(name)
	return nil
}

// RemoveAll deletes what is at a name with all below it; nothing there is no
// error. It fails for the first name that cannot be removed.
func (d *Disk) RemoveAll(name string) error {
	found := d.nodes[name]
	if found == nil {
		return nil
	}
	if found.mode.IsDir() {
		below, err := d.ReadDir(name)
		if err != nil {
			return err
		}
		for _, entry := range below {
			if err := d.RemoveAll(path.Join(name, entry.Name())); err != nil {
				return err
			}
		}
	}
	return d.Remove(name)
}

// Truncate cuts a file. It fails if there is no such file or it is read-only.
func (d *Disk) Truncate(name string, size int64) error {
	found, err := d.follow("truncate", name)
	switch {
	case err != nil:
		return err
	case found.mode.Perm()&0o200 == 0:
		return pathError("truncate", name, denied)
	}
	d.notifyBefore(name)
	found.content = append([]byte(nil), found.content[:min(size, int64(len(found.content)))]...)
	found.modified = d.now()
	d.notify(event.Observation{Kind: event.Truncate, Path: name})
	return nil
}

// Chmod sets the permission bits. It fails if nothing is there.
func (d *Disk) Chmod(name string, mode fs.FileMode) error {
	found, err := d.follow("chmod", name)
	if err != nil {
		return err
	}
	found.mode = found.mode.Type() | mode.Perm()
	d.notify(event.Observation{Kind: event.Chmod, Path: name, Mode: uint32(mode.Perm())})
	return nil
}

// Chtimes sets the times. It fails if nothing is there.
func (d *Disk) Chtimes(name string, accessed, modified time.Time) error {
	found, err := d.follow("chtimes", name)
	if err != nil {
		return err
	}
	before := found.modified
	found.modified = modified
	d.notify(event.Observation{Kind: event.Utimes, Path: name, Accessed: &accessed, Modified: &modified, Before: &before})
	return nil
}
