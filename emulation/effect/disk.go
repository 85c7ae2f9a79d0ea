package effect

import (
	"io/fs"
	"os"
	"time"
)

// Disk is what acts and checks need of a file system. Names are real paths;
// errors are as package os returns them.
type Disk interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Readlink(name string) (string, error)

	// Put creates a file or replaces (add: extends) what it holds. The mode is
	// for a new file only; folders on the way are made.
	Put(name string, content []byte, mode fs.FileMode, add bool) error
	MkdirAll(name string, mode fs.FileMode) error
	Symlink(target, name string) error
	Rename(from, to string) error
	Remove(name string) error
	RemoveAll(name string) error
	Truncate(name string, size int64) error
	Chmod(name string, mode fs.FileMode) error
	Chtimes(name string, accessed, modified time.Time) error
}

// kernel is the operating system's own file system: an asset's, inside its
// container.
type kernel struct{}

func (kernel) Lstat(name string) (fs.FileInfo, error)       { return os.Lstat(name) }
func (kernel) ReadFile(name string) ([]byte, error)         { return os.ReadFile(name) }
func (kernel) ReadDir(name string) ([]fs.DirEntry, error)   { return os.ReadDir(name) }
func (kernel) Readlink(name string) (string, error)         { return os.Readlink(name) }
func (kernel) MkdirAll(name string, mode fs.FileMode) error { return os.MkdirAll(name, mode) }
func (kernel) Symlink(target, name string) error            { return os.Symlink(target, name) }
func (kernel) Rename(from, to string) error                 { return os.Rename(from, to) }
func (kernel) Remove(name string) error                     { return os.Remove(name) }
func (kernel) RemoveAll(name string) error                  { return os.RemoveAll(name) }
func (kernel) Truncate(name string, size int64) error       { return os.Truncate(name, size) }
func (kernel) Chmod(name string, mode fs.FileMode) error    { return os.Chmod(name, mode) }
func (kernel) Chtimes(name string, a, m time.Time) error    { return os.Chtimes(name, a, m) }

func (kernel) Put(name string, content []byte, mode fs.FileMode, add bool) error {
	if err := os.MkdirAll(folderOf(name), 0o755); err != nil {
		return err
	}
	how := os.O_TRUNC
	if add {
		how = os.O_APPEND
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|how, mode)
	if err != nil {
		return err
	}
	if _, err := file.Write(content); err != nil {
		_ = file.Close() // the write's error is the one to tell
		return err
	}
	return file.Close()
}
