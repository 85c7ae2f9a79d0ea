//go:build linux

package sensor

import (
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// open reports a file that is opened for writing, or made. Its path is read from
// the descriptor that comes of it, so links and races are resolved already.
func (t *tracer) open(th *thread, at pathArg, flags uint64) onSuccess {
	if flags&writeFlags == 0 || flags&unix.O_PATH != 0 {
		return nil
	}
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	made := flags&unix.O_TMPFILE == unix.O_TMPFILE
	if flags&unix.O_CREAT != 0 {
		made = flags&unix.O_EXCL != 0 || !where.exists()
	}
	captured := t.readCaptured(where)
	return func(fd int64) {
		opened := fileRef{procPath: th.procFD(fd), isLink: true}
		stat, err := opened.stat()
		pipe := stat.Mode&unix.S_IFMT == unix.S_IFIFO
		if err == nil && stat.Mode&unix.S_IFMT != unix.S_IFREG && !pipe {
			return
		}
		path, nameErr := opened.realPath()
		if err = errors.Join(err, nameErr); err != nil {
			t.drop(th.process, err)
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
		t.emitContent(captured)
		t.emit(th.process, seen)
		if !pipe {
			t.noteWrite(th.process, path)
		}
	}
}

// openat2 is openat2's, whose flags are in memory.
func (t *tracer) openat2(th *thread, at pathArg, how uint64) onSuccess {
	var flags [8]byte
	if n, err := th.process.memory.read(th.tid, how, flags[:]); err != nil || n < len(flags) {
		return t.dropIfSuccessful(th, fmt.Errorf("read flags of an open: %w", err))
	}
	return t.open(th, at, binary.NativeEndian.Uint64(flags[:]))
}

// memfdCreate reports a file that is in memory only; it can be executed all the
// same.
func (t *tracer) memfdCreate(th *thread) onSuccess {
	return func(fd int64) {
		path, err := readlink(th.procFD(fd))
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.emit(th.process, event.Observation{Kind: event.Create, Path: path, Mode: 0o777})
	}
}

// dropIfSuccessful counts a call that could not be looked at, if it succeeds.
func (t *tracer) dropIfSuccessful(th *thread, err error) onSuccess {
	return func(int64) { t.drop(th.process, err) }
}
