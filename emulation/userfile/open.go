package userfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"
)

// ErrNotRegular says of a file that it is a pipe, a device or a socket.
var ErrNotRegular = errors.New("only regular files are read")

// ErrLeadsOut says of a link in a folder that it leads out of it.
var ErrLeadsOut = errors.New("it is a link that leads out of its folder, or by an absolute path: it is not followed")

// errName says of a file that its name could be taken for something else where it is
// shown.
var errName = errors.New("its name has control characters: rename it")

// TooLargeError says of a file that it has more bytes than are read.
type TooLargeError struct {
	Name  string
	Limit int64 // in bytes
}

// Error names the file and the limit.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s has more than %d bytes", e.Name, e.Limit)
}

// Open opens a regular file, following links, as it is the file that the user named.
// It fails with ErrNotRegular for any other kind of file, a folder among them, and if
// the file cannot be opened.
func Open(name string) (*os.File, error) { return disk.open(name, name, false) }

// readOnly opens for reading, and does not wait for a pipe's writer: what was a
// regular file a moment ago may be one.
const readOnly = os.O_RDONLY | syscall.O_NONBLOCK

// Read reads a regular file of at most that many bytes. It fails as Open does, with a
// *TooLargeError, or if the file cannot be read.
func Read(name string, limit int64) ([]byte, error) {
	file, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file, name, limit)
}

// ReadFS reads a file of a file system, of at most that many bytes. It fails as that
// opens it, with a *TooLargeError, or if the file cannot be read.
func ReadFS(in fs.FS, name string, limit int64) ([]byte, error) {
	file, err := in.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file, name, limit)
}

func read(file fs.File, name string, limit int64) ([]byte, error) {
	about, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if about.Size() > limit {
		return nil, &TooLargeError{name, limit}
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1)) // it may have grown, and in /proc its size is 0
	switch {
	case err != nil:
		return nil, err
	case int64(len(content)) > limit:
		return nil, &TooLargeError{name, limit}
	}
	return content, nil
}

// OpenStream opens a file that is read as it comes: a regular one, or a stream that
// the shell opened, such as /dev/stdin or what <(command) is. It fails as Open does.
func OpenStream(name string) (*os.File, error) {
	if Inherited(name) {
		return os.Open(name)
	}
	return Open(name)
}

// Inherited reports whether a path is a stream that the shell opened. Any other pipe
// may have nobody at its other end, and opening it would wait.
func Inherited(name string) bool {
	return name == "/dev/stdin" || strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/self/fd/")
}

// opener opens files in one way.
type opener struct {
	stat func(name string) (fs.FileInfo, error)
	file func(name string, flag int, mode fs.FileMode) (*os.File, error)
}

var disk = opener{os.Stat, os.OpenFile}

// open opens a file if it is regular, or a folder where those are allowed. It looks
// before it opens, as opening a device may do something, and once more afterwards.
// Errors name the file as it is shown.
func (o opener) open(name, shown string, folders bool) (*os.File, error) {
	if strings.ContainsFunc(shown, unicode.IsControl) {
		return nil, fmt.Errorf("open %q: %w", shown, errName)
	}
	about, err := o.stat(name)
	if err == nil {
		err = check(about, folders)
	}
	if err != nil {
		return nil, failed(shown, err)
	}
	file, err := o.file(name, readOnly, 0)
	if err != nil {
		return nil, failed(shown, err)
	}
	if about, err = file.Stat(); err == nil {
		err = check(about, folders)
	}
	if err != nil {
		_ = file.Close() // nothing was read
		return nil, failed(shown, err)
	}
	return file, nil
}

// escapes is what os.Root says of a link that leads out; it has no error for it that
// could be told apart.
const escapes = "path escapes from parent"

// failed is an error with the file's name as it is shown.
func failed(shown string, err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	if err.Error() == escapes {
		err = ErrLeadsOut
	}
	return &fs.PathError{Op: "open", Path: shown, Err: err}
}

func check(about fs.FileInfo, folders bool) error {
	if about.Mode().IsRegular() || folders && about.IsDir() {
		return nil
	}
	return fmt.Errorf("it is a %s: %w", kind(about.Mode()), ErrNotRegular)
}

func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeNamedPipe != 0:
		return "pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// Disk is the machine's disk with the machine's own paths. It opens regular files and
// folders.
type Disk struct{}

// Open fails as the function Open does.
func (Disk) Open(name string) (fs.File, error) { return noNil(disk.open(name, name, true)) }

// Sub opens a folder as a [Folder]. It fails as OpenFolder does.
func (Disk) Sub(folder string) (fs.FS, error) {
	in, err := OpenFolder(folder)
	if err != nil {
		return nil, err
	}
	return in, nil
}

// Folder is a folder that a user named, with all below it. It opens regular files and
// folders.
type Folder struct {
	name string
	root *os.Root
}

// OpenFolder opens a folder, following links to it. It fails if it cannot be opened, or
// is no folder.
func OpenFolder(name string) (*Folder, error) {
	about, err := os.Stat(name) // opening a pipe would wait
	if err == nil && !about.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("it is not a folder")}
	}
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &Folder{name, root}, nil
}

// Name is the folder as the user named it.
func (f *Folder) Name() string { return f.name }

// Close ends the reading. It fails if the folder cannot be closed.
func (f *Folder) Close() error { return f.root.Close() }

// Open opens a file or folder by its path with slashes from this folder on. It fails
// as the function Open does, and with ErrLeadsOut for a link that leads out.
func (f *Folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	in := opener{f.root.Stat, f.root.OpenFile}
	return noNil(in.open(name, filepath.Join(f.name, filepath.FromSlash(name)), true))
}

// noNil is a file as an fs.File, which is nil where there is none.
func noNil(file *os.File, err error) (fs.File, error) {
	if err != nil {
		return nil, err
	}
	return file, nil
}
