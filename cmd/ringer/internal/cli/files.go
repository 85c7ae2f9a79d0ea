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

	"github.com/ringer-lab/ringer/emulation/display"
	"github.com/ringer-lab/ringer/emulation/record"
	"github.com/ringer-lab/ringer/emulation/report"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// fileKind is a kind of file that a command writes. A file of another kind is never
// overwritten.
type fileKind struct {
	name string
	// recognize reports whether a command wrote a file of this content.
	recognize recognizer
}

// recognizer reads no more of a file of so many bytes than it must.
type recognizer func(content io.ReaderAt, size int64) bool

// maxRecognized is the most bytes of a file that is read to recognize it: what a
// command writes is far smaller, but for recordings, which are not read as a whole.
const maxRecognized = 64 << 20

// byText recognizes a file by its whole text.
func byText(is func(text []byte) bool) recognizer {
	return func(content io.ReaderAt, size int64) bool {
		if size > maxRecognized {
			return false
		}
		text := make([]byte, size)
		_, err := content.ReadAt(text, 0)
		return (err == nil || errors.Is(err, io.EOF)) && is(text)
	}
}

var (
	junitFile     = fileKind{"a JUnit report written by ringer", byText(report.IsJUnit)}
	recordingFile = fileKind{"a recording of ringer's", func(content io.ReaderAt, size int64) bool {
		_, err := record.Read(content, size)
		return err == nil
	}}
	pageFile = fileKind{"a page written by `ringer fidelity`", byText(report.IsFidelityHTML)}
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
	if isStdout(o.path) {
		o.stream = c.documents
		return nil
	}
	switch o.path {
	case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2":
		o.stream = c.Stderr
		return nil
	}
	if about, err := os.Stat(o.path); err == nil && (about.Mode()&fs.ModeDevice != 0 || userfile.Inherited(o.path) && !about.Mode().IsRegular()) {
		return o.openStream()
	}
	if err := mayReplace(o.flag, o.path, o.kind); err != nil {
		return err
	}
	return checkReplaceable(o.path)
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
	if about, err = file.Stat(); err != nil {
		return writing(path, err)
	}
	if about.Size() > 0 && !kind.recognize(file, about.Size()) {
		return refuse(flag, path, "it is "+describe(path, file)+" and not "+kind.name)
	}
	return nil
}

func refuse(flag, path, what string) error {
	return fmt.Errorf("%s would overwrite %s: %s. Nothing was written: name another file, or move this one away", flag, path, what)
}

// describe returns what a file is, in words.
func describe(name string, content io.ReaderAt) string {
	head := make([]byte, 512)
	n, _ := content.ReadAt(head, 0) // it was read before; of nothing it says that it is text
	head = head[:n]
	switch {
	case filepath.Ext(name) == ".hcl":
		return "an HCL file, as scenarios are,"
	case filepath.Ext(name) == ".yml" || filepath.Ext(name) == ".yaml":
		return "a YAML file, as rules are,"
	case bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")):
		return "XML of something else"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
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

// visible has a view written with nothing in it that is not seen, as package display has
// it: a report may be read anywhere, also on a terminal.
func visible(view func(io.Writer) error) func(io.Writer) error {
	return func(w io.Writer) error {
		var text bytes.Buffer
		if err := view(&text); err != nil {
			return err
		}
		_, err := display.NewWriter(w).Write(text.Bytes())
		return err
	}
}

// isStdout reports whether a file's name is one of those of stdout.
func isStdout(name string) bool {
	return name == "/dev/stdout" || name == "/dev/fd/1" || name == "/proc/self/fd/1"
}

// createFile writes a file that must not be there yet, and nothing where it is.
func createFile(name string, content []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%s is already there: it was left as it is. Name another file with --out, or move this one away", name)}
	}
	if err != nil {
		return usageError{writing(name, err)}
	}
	_, err = file.Write(content)
	return writing(name, errors.Join(err, file.Close()))
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
