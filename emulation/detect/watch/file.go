package watch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// The times of following a file: how often it is looked at, and how long it may be away
// while it is rotated.
const (
	lookEvery  = 50 * time.Millisecond
	rotateTime = 3 * time.Second
)

// follower follows a file by its name.
type follower struct {
	*source
	file   *os.File // nil while there is none
	offset int64
	lines  lines
	away   time.Time // since when there is none; zero where there is
}

// openFile notes how long the file is, so that what comes from now on is read.
func (s *source) openFile() func(context.Context) {
	f := &follower{source: s, lines: lines{of: s}}
	if file, err := userfile.Open(s.File); err == nil {
		f.file = file
		if about, err := file.Stat(); err == nil {
			f.offset = about.Size()
		}
	} else {
		s.out(fmt.Sprintf("its file cannot be read: %v", err))
		f.away = s.take.options.Now()
	}
	return f.run
}

func (f *follower) run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		f.look()
		select {
		case <-ctx.Done():
			if f.file != nil {
				f.file.Close()
			}
			return
		case <-tick.C:
		}
	}
}

// look reads what was added, and notices that the file was moved away, emptied or made.
func (f *follower) look() {
	if f.file != nil {
		f.readOn()
	}
	about, err := os.Stat(f.File)
	switch {
	case err == nil && f.file != nil && f.isOpen(about):
		f.away = time.Time{}
		return
	case err == nil:
		f.reopen()
	case errors.Is(err, fs.ErrNotExist) && (f.away.IsZero() || f.take.options.Now().Sub(f.away) < rotateTime):
		if f.away.IsZero() {
			f.away = f.take.options.Now()
		}
	default:
		f.out(fmt.Sprintf("its file cannot be read: %v", err))
	}
}

func (f *follower) isOpen(about fs.FileInfo) bool {
	own, err := f.file.Stat()
	return err == nil && os.SameFile(own, about)
}

// reopen goes on in a file that has taken the place of another, from its beginning.
func (f *follower) reopen() {
	file, err := userfile.Open(f.File)
	if err != nil {
		f.out(fmt.Sprintf("its file cannot be read: %v", err))
		return
	}
	if f.file != nil {
		f.readOn() // what was added before it was moved away
		f.lines.end()
		f.file.Close()
	}
	f.file, f.offset, f.away = file, 0, time.Time{}
	f.back()
	f.readOn()
}

// readOn reads what was added to the open file. One that has become shorter was emptied,
// and is read from its beginning.
func (f *follower) readOn() {
	if about, err := f.file.Stat(); err == nil && about.Size() < f.offset {
		f.offset, f.lines.partial = 0, nil
	}
	piece := make([]byte, 64<<10)
	for {
		n, err := f.file.ReadAt(piece, f.offset)
		f.offset += int64(n)
		if n > 0 {
			f.lines.add(piece[:n])
		}
		if err != nil && !errors.Is(err, io.EOF) {
			f.out(fmt.Sprintf("its file cannot be read: %v", err))
		}
		if err != nil || n == 0 {
			return
		}
	}
}
