package sensor

import (
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// open tells a file that is opened for writing, or made. Its path is read from
// the descriptor that comes of it, so links and races are resolved already.
func (t *tracer) open(th *thread, at spot, flags uint64) after {
	if flags&writes == 0 || flags&unix.O_PATH != 0 {
		return nil
	}
	where, err := th.find(at)
	if err != nil {
		return t.unreadable(th, err)
	}
	made := flags&unix.O_TMPFILE == unix.O_TMPFILE
	if flags&unix.O_CREAT != 0 {
		made = flags&unix.O_EXCL != 0 || !where.exists()
	}
	kept := t.hold(where)
	return func(fd int64) {
		opened := place{reach: th.descriptor(fd), itself: true}
		stat, err := opened.stat()
		pipe := stat.Mode&unix.S_IFMT == unix.S_IFIFO
		if err == nil && stat.Mode&unix.S_IFMT != unix.S_IFREG && !pipe {
			return
		}
		path, nameErr := opened.real()
		if err = errors.Join(err, nameErr); err != nil {
			t.drop(th.of, err)
			return
		}
		seen := event.Observation{Kind: event.Write, Path: path}
		switch {
		case pipe:
			seen.Kind = event.PipeOpen
		case made:
			seen.Kind, seen.Mode = event.Create, stat.Mode&0o7777
		case flags&unix.O_TRUNC != 0:
			seen.Kind = event.Truncate
		}
		t.save(kept)
		t.see(th.of, seen)
		if !pipe {
			t.wrote(th.of, path)
		}
	}
}

// openHow is openat2's, whose flags are in memory.
func (t *tracer) openHow(th *thread, at spot, how uint64) after {
	var flags [8]byte
	if n, err := th.of.memory.read(th.tid, how, flags[:]); err != nil || n < len(flags) {
		return t.unreadable(th, fmt.Errorf("read flags of an open: %w", err))
	}
	return t.open(th, at, binary.NativeEndian.Uint64(flags[:]))
}

// anonymous tells a file that is in memory only; it can be executed all the
// same.
func (t *tracer) anonymous(th *thread) after {
	return func(fd int64) {
		path, err := readlink(th.descriptor(fd))
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.see(th.of, event.Observation{Kind: event.Create, Path: path, Mode: 0o777})
	}
}

// unreadable counts a call that could not be looked at, if it succeeds.
func (t *tracer) unreadable(th *thread, err error) after {
	return func(int64) { t.drop(th.of, err) }
}
