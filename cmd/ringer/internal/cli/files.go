package cli

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
)

// fileKind is a kind of file that a command writes. A file of another kind is never
// overwritten.
type fileKind struct {
	name string
	// recognize reports whether a command wrote a file of this content.
	recognize func(content []byte) bool
}

var (
	junitFile     = fileKind{"a JUnit report written by ringer", report.IsJUnit}
	recordingFile = fileKind{"a recording of ringer's", func(content []byte) bool {
		_, err := record.Read(bytes.NewReader(content), int64(len(content)))
		return err == nil
	}}
	pageFile = fileKind{"a page written by `ringer fidelity`", report.IsFidelityHTML}
)

// output is a file that a command will write at its end, and that was checked before
// it started.
type output struct {
	flag, path string
	kind       fileKind
	// stream is set if the file is not a regular one: a terminal, a pipe, a device.
	stream io.Writer
	// opened is the stream if it was opened for this output, and must be closed.
	opened io.Closer
}

// openOutput checks a flag's file before anything is started; it changes nothing. It
// fails with a usage error if the file cannot be written, or must not be replaced.
func (c *command) openOutput(flag, path string, kind fileKind) (*output, error) {
	o := &output{flag: flag, path: path, kind: kind}
	if err := o.checkWritable(c); err != nil {
		return nil, usageError{err}
	}
	return o, nil
}

func (o *output) checkWritable(c *command) error {
	switch o.path {
	case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1":
		o.stream = c.Stdout
		return nil
	case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2":
		o.stream = c.Stderr
		return nil
	}
	if about, err := os.Stat(o.path); err == nil && (about.Mode()&fs.ModeDevice != 0 || inherited(o.path) && !about.Mode().IsRegular()) {
		return o.openStream()
	}
	if err := mayReplace(o.flag, o.path, o.kind); err != nil {
		return err
	}
	return checkReplaceable(o.path)
}

// inherited reports whether a path is a stream that a shell opened, such as that of
// >(command). Any other pipe may have no reader, and opening it would block.
func inherited(path string) bool {
	return strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

// openStream opens a file that is not regular, and keeps it open until it is written.
func (o *output) openStream() error {
	file, err := os.OpenFile(o.path, os.O_WRONLY, 0)
	if err != nil {
		return writing(o.path, err)
	}
	o.stream, o.opened = file, file
	return nil
}

// mayReplace returns an error, which says what the file is and what to do, if a file
// exists that is not of that kind. An empty file is of any kind.
func mayReplace(flag, path string, kind fileKind) error {
	about, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Lstat(path); err == nil {
			return refuse(flag, path, "it is a dangling link")
		}
		return nil
	case err != nil:
		return writing(path, err)
	case about.IsDir():
		return refuse(flag, path, "it is a folder")
	case !about.Mode().IsRegular():
		return refuse(flag, path, "it is a pipe or a socket")
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0) // a file that may not be written is not replaced either
	if err != nil {
		return writing(path, err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil {
		return writing(path, err)
	}
	if len(content) > 0 && !kind.recognize(content) {
		return refuse(flag, path, "it is "+describe(path, content)+" and not "+kind.name)
	}
	return nil
}

func refuse(flag, path, what string) error {
	return fmt.Errorf("%s would overwrite %s: %s. Nothing was written: name another file, or move this one away", flag, path, what)
}

// describe returns what a file is, in words.
func describe(name string, content []byte) string {
	switch {
	case filepath.Ext(name) == ".hcl":
		return "an HCL file, as scenarios are,"
	case filepath.Ext(name) == ".yml" || filepath.Ext(name) == ".yaml":
		return "a YAML file, as rules are,"
	case bytes.HasPrefix(bytes.TrimSpace(content), []byte("<?xml")):
		return "XML of something else"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	return "a file of another kind (" + kind + ")"
}

// write writes one view. The file is checked again, as a run takes time, and replaced
// as a whole: if writing fails, the old file stays.
func (o *output) write(view func(io.Writer) error) error {
	var text bytes.Buffer
	if err := view(&text); err != nil {
		return writing(o.path, err)
	}
	if o.stream != nil {
		_, err := o.stream.Write(text.Bytes())
		if o.opened != nil {
			err = errors.Join(err, o.opened.Close())
		}
		return writing(o.path, err)
	}
	if err := mayReplace(o.flag, o.path, o.kind); err != nil {
		return err
	}
	return writing(o.path, replaceFile(o.path, text.Bytes()))
}

// replaceFile writes a file next to the existing one and renames it, so that an
// interruption loses nothing. Permissions are kept, and a symbolic link stays one.
func replaceFile(name string, content []byte) error {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	about, err := os.Stat(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	sibling, err := createSibling(name)
	if err != nil {
		return err
	}
	defer os.Remove(sibling.Name()) // already renamed if all went well
	_, err = sibling.Write(content)
	if about != nil && err == nil {
		err = sibling.Chmod(about.Mode().Perm())
	}
	if err == nil {
		err = sibling.Sync()
	}
	if err := errors.Join(err, sibling.Close()); err != nil {
		return err
	}
	return os.Rename(sibling.Name(), name)
}

// checkReplaceable returns an error if a file could not be replaced. It leaves
// nothing behind.
func checkReplaceable(name string) error {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	sibling, err := createSibling(name)
	if err != nil {
		return writing(name, err)
	}
	return writing(name, errors.Join(sibling.Close(), os.Remove(sibling.Name())))
}

// createSibling creates a new file in the folder of another, with default
// permissions.
func createSibling(name string) (*os.File, error) {
	return os.OpenFile(filepath.Join(filepath.Dir(name), ".ringer-"+rand.Text()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// writing adds the path to an error of writing, in place of the failing system
// call's.
func writing(path string, err error) error {
	if err == nil {
		return nil
	}
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	return fmt.Errorf("write %s: %w", path, err)
}
