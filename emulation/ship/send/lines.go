package send

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/ringer-lab/ringer/emulation/ship"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// stream writes lines to the standard output.
type stream struct{ to io.Writer }

// Guarantee is that a line may be written again by another process.
func (s *stream) Guarantee() ship.Guarantee { return ship.AtLeastOnce }

func (s *stream) Close() error { return nil }

// Send fails if the stream does.
func (s *stream) Send(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	if _, err := s.to.Write(linesOf(batch)); err != nil {
		return nil, fmt.Errorf("write events: %w", err)
	}
	return ship.AllOf(len(batch), ship.Outcome{Fate: ship.Delivered}), nil
}

func linesOf(batch []ship.Entry) []byte {
	var text []byte
	for _, e := range batch {
		text = append(append(text, e.Body...), '\n')
	}
	return text
}

// file appends lines to a file. Its cursor is the size of the file after the last batch
// that was settled: what stands behind it was written by a process that was killed before
// it could say so, and is not written again.
type file struct {
	name   string
	out    *os.File
	size   int64
	behind []byte // what an earlier process wrote and did not settle
}

// openFile opens a file to append to. It fails if it is there and has something else than
// ringer's events, or cannot be written to.
func openFile(name string) (*file, error) {
	if err := checkOwn(name); err != nil {
		return nil, err
	}
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, errors.Unwrap(err))
	}
	about, err := out.Stat()
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	return &file{name: name, out: out, size: about.Size()}, nil
}

// maxFirst is the most bytes of a file that are read to know it.
const maxFirst = 1 << 20

// ErrNotOurs says of a file that it has something else than events that were shipped.
var ErrNotOurs = errors.New("it has something else than ringer's events: name another file")

// checkOwn fails unless a file is missing, empty, or begins with a line of ringer's.
func checkOwn(name string) error {
	in, err := userfile.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	head := make([]byte, maxFirst)
	n, err := io.ReadFull(in, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("read %s: %w", name, err)
	}
	first, _, _ := bytes.Cut(head[:n], []byte{'\n'})
	json := bytes.HasPrefix(first, []byte{'{'}) && (bytes.Contains(first, []byte(`"ringer":{`)) || bytes.Contains(first, []byte(`"ringer.event"`)))
	if n == 0 || json || bytes.Contains(first, []byte("RINGER_RUN=")) {
		return nil
	}
	return fmt.Errorf("%s is already there: %w", name, ErrNotOurs)
}

// Guarantee is that what is behind the cursor is known.
func (f *file) Guarantee() ship.Guarantee { return ship.Once }

// Cursor is the size of the file without what is behind.
func (f *file) Cursor() string { return strconv.FormatInt(f.size-int64(len(f.behind)), 10) }

// OnCursor has nothing to be kept at once.
func (f *file) OnCursor(func() error) {}

// Resume reads what stands behind a cursor. It fails if that is no size, or the file
// cannot be read.
func (f *file) Resume(cursor string) error {
	if cursor == "" {
		return nil
	}
	size, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || size < 0 {
		return fmt.Errorf("%q is not the size of a file", ship.OneLine(cursor))
	}
	if size >= f.size { // whoever moved the file away wants a new one
		return nil
	}
	in, err := userfile.Open(f.name)
	if err != nil {
		return err
	}
	defer in.Close()
	f.behind, err = io.ReadAll(io.NewSectionReader(in, size, min(f.size-size, maxAnswer)))
	return err
}

// Send fails if the file cannot be written.
func (f *file) Send(_ context.Context, batch []ship.Entry) ([]ship.Outcome, error) {
	text := linesOf(batch)
	same := min(len(text), len(f.behind))
	if same > 0 && bytes.Equal(text[:same], f.behind[:same]) {
		text, f.behind = text[same:], f.behind[same:]
	} else {
		f.behind = nil
	}
	n, err := f.out.Write(text)
	f.size += int64(n)
	if err != nil {
		f.behind = text[:n]
		return nil, fmt.Errorf("write %s: %w", f.name, errors.Unwrap(err))
	}
	return ship.AllOf(len(batch), ship.Outcome{Fate: ship.Delivered}), nil
}

// Close fails if what was written cannot be kept.
func (f *file) Close() error {
	if f.out == nil {
		return nil
	}
	err := errors.Join(f.out.Sync(), f.out.Close())
	f.out = nil
	return err
}
