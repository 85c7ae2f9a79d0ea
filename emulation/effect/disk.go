package effect

import (
	"io/fs"
	"os"
	"strings"
	"time"
)

// Disk is what acts and checks need of a file system. Names are real paths;
// errors are as package os returns them.
type Disk interface {
	// Lstat describes what is at a name and follows no link; an error is that nothing is.
	Lstat(name string) (fs.FileInfo, error)
	// ReadFile returns the content of a file; it fails where there is none.
	ReadFile(name string) ([]byte, error)
	// ReadDir returns what is in a folder, by name; it fails where there is none.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Readlink returns the target of a link; it fails for anything else.
	Readlink(name string) (string, error)

	// Put creates a file or replaces (add: extends) its content. The mode is for a new
	// file only; missing folders above it are made. It fails where a folder has the
	// name or writing is not permitted, as the methods below do.
	Put(name string, content []byte, mode fs.FileMode, add bool) error
	// MkdirAll makes a folder and those above it; it fails where a file stands in the way.
	MkdirAll(name string, mode fs.FileMode) error
	// Symlink makes a link; it fails where the name is taken.
	Symlink(target, name string) error
	// Rename replaces what is at the new name; it fails where nothing is at the old one.
	Rename(from, to string) error
	// Remove deletes a file or an empty folder; it fails where nothing is.
	Remove(name string) error
	// RemoveAll deletes what is at a name with all below it. It fails for what cannot be
	// deleted, not for a name at which nothing is.
	RemoveAll(name string) error
	// Truncate cuts a file; it fails where there is none.
	Truncate(name string, size int64) error
	// Chmod sets permission bits; it fails where nothing is.
	Chmod(name string, mode fs.FileMode) error
	// Chtimes sets both times; it fails where nothing is.
	Chtimes(name string, accessed, modified time.Time) error
}

// WorkingDisk is the operating system's file system for a process whose working
// folder is folder, an absolute path: names below it are looked up from there. Each
// lookup from the root asks the root's file system for permission, and a container's
// may be one in user space, where that costs more than all else.
func WorkingDisk(folder string) Disk { return osDisk{working: folder} }

// ProgramDisk is [WorkingDisk] where a program is no script that names ringer's binary, but
// has it: from is a file that does, such as /proc/self/exe. Without a folder, what is only
// looked at is looked up from the asset's own place that it lies in.
func ProgramDisk(folder, from string) Disk {
	if folder == "" {
		return osDisk{programs: from, lookups: &lookups{}}
	}
	return osDisk{working: folder, programs: from}
}

// osDisk is the operating system's own file system: an asset's, inside its
// container.
type osDisk struct {
	working string
	// programs is a file with ringer's binary; empty is that programs are scripts.
	programs string
	// lookups is how names are looked at; nil is by their whole path.
	lookups *lookups
}

// lookups keeps the own places of a Linux asset open that something was looked up in.
type lookups struct{ places map[string]*os.Root }

// find is the open place that a name lies in, and the name below it; nil is none.
func (l *lookups) find(name string) (in *os.Root, below string) {
	if l == nil {
		return nil, ""
	}
	place := ownPlace(name)
	if place == "" || place == name {
		return nil, ""
	}
	if l.places == nil {
		l.places = map[string]*os.Root{}
	}
	if _, tried := l.places[place]; !tried {
		l.places[place], _ = os.OpenRoot(place) // without it the name's whole path is looked up
	}
	return l.places[place], name[len(place)+1:]
}

// hasFolder reports whether a folder is there, and no link.
func (o osDisk) hasFolder(name string) bool {
	stat, err := o.Lstat(name)
	return err == nil && stat.IsDir()
}

// local returns the name by which the kernel finds a file soonest.
func (o osDisk) local(name string) string {
	if rest, below := strings.CutPrefix(name, o.working+"/"); below && o.working != "" && rest != "" && rest[0] != '/' {
		return rest
	}
	return name
}

func (o osDisk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(o.local(name)) }
func (o osDisk) Readlink(name string) (string, error)       { return os.Readlink(o.local(name)) }
func (o osDisk) MkdirAll(name string, mode fs.FileMode) error {
	return os.MkdirAll(o.local(name), mode)
}
func (o osDisk) Symlink(target, name string) error         { return os.Symlink(target, o.local(name)) }
func (o osDisk) Rename(from, to string) error              { return os.Rename(o.local(from), o.local(to)) }
func (o osDisk) Remove(name string) error                  { return os.Remove(o.local(name)) }
func (o osDisk) RemoveAll(name string) error               { return os.RemoveAll(o.local(name)) }
func (o osDisk) Truncate(name string, size int64) error    { return os.Truncate(o.local(name), size) }
func (o osDisk) Chmod(name string, mode fs.FileMode) error { return os.Chmod(o.local(name), mode) }
func (o osDisk) Chtimes(name string, a, m time.Time) error { return os.Chtimes(o.local(name), a, m) }

func (o osDisk) Lstat(name string) (fs.FileInfo, error) {
	if in, below := o.lookups.find(name); in != nil {
		return in.Lstat(below)
	}
	return os.Lstat(o.local(name))
}

func (o osDisk) ReadFile(name string) ([]byte, error) {
	if o.programs != "" {
		return readProgram(o.local(name))
	}
	return os.ReadFile(o.local(name))
}

func (o osDisk) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	folder := folderOf(name)
	name = o.local(name)
	if o.lookups == nil || !o.hasFolder(folder) {
		if err := os.MkdirAll(folderOf(name), 0o755); err != nil {
			return err
		}
	}
	flag := os.O_TRUNC
	if add {
		flag = os.O_APPEND
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|flag, mode)
	if err != nil {
		return err
	}
	if o.programs != "" && !add && isProgram(content) {
		err = writeProgram(file, o.programs, content)
	} else {
		_, err = file.Write(content)
	}
	if err != nil {
		_ = file.Close() // the write's error is the one to return
		return err
	}
	return file.Close()
}
