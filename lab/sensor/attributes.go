//go:build linux

package sensor

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// chmod reports permission bits that were set.
func (t *tracer) chmod(th *thread, at pathArg) onSuccess {
	return t.metadataChange(th, at, func(seen *event.Observation, _, now unix.Stat_t) {
		seen.Kind, seen.Mode = event.Chmod, now.Mode&0o7777
	})
}

// chown reports a new owner.
func (t *tracer) chown(th *thread, at pathArg) onSuccess {
	return t.metadataChange(th, at, func(seen *event.Observation, _, now unix.Stat_t) {
		seen.Kind, seen.Owner = event.Chown, &event.Owner{UID: now.Uid, GID: now.Gid}
	})
}

// utimes reports times that were set, and the one that was there.
func (t *tracer) utimes(th *thread, at pathArg) onSuccess {
	return t.metadataChange(th, at, func(seen *event.Observation, was, now unix.Stat_t) {
		seen.Kind = event.Utimes
		seen.Before, seen.Accessed, seen.Modified = utcTime(was.Mtim), utcTime(now.Atim), utcTime(now.Mtim)
	})
}

func utcTime(at unix.Timespec) *time.Time {
	t := time.Unix(at.Unix()).UTC()
	return &t
}

// metadataChange reports what a call changed of a file that is there before and after.
func (t *tracer) metadataChange(th *thread, at pathArg, describe func(seen *event.Observation, was, now unix.Stat_t)) onSuccess {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	was, wasErr := where.stat()
	return func(int64) {
		now, nowErr := where.stat()
		path, pathErr := where.realPath()
		if err := errors.Join(wasErr, nowErr, pathErr); err != nil {
			t.drop(th.process, err)
			return
		}
		seen := event.Observation{Path: path}
		describe(&seen, was, now)
		t.emit(th.process, seen)
	}
}

// truncate reports a file that is cut by name or by descriptor.
func (t *tracer) truncate(th *thread, at pathArg) onSuccess {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	captured := t.readCaptured(where)
	return func(int64) {
		path, err := where.realPath()
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.emitContent(captured)
		t.emit(th.process, event.Observation{Kind: event.Truncate, Path: path})
		t.noteWrite(th.process, path)
	}
}

// setAttribute reports an extended attribute that is set, or removed where it has no
// value.
func (t *tracer) setAttribute(th *thread, at pathArg, name, value, size uint64) onSuccess {
	called, err := th.process.memory.readString(th.tid, name, maxName)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	content, err := th.process.memory.readData(th.tid, value, size)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	return t.metadataChange(th, at, func(seen *event.Observation, _, _ unix.Stat_t) {
		seen.Kind, seen.Name, seen.Content = event.Attribute, called, content
	})
}

// setAttributeAt is setxattrat's, which has the value's address and size in memory
// (struct xattr_args).
func (t *tracer) setAttributeAt(th *thread, at pathArg, name, args uint64) onSuccess {
	var value [12]byte
	if n, err := th.process.memory.read(th.tid, args, value[:]); err != nil || n < len(value) {
		return t.dropIfSuccessful(th, fmt.Errorf("read attribute: %w", err))
	}
	return t.setAttribute(th, at, name, binary.NativeEndian.Uint64(value[:]), uint64(binary.NativeEndian.Uint32(value[8:])))
}
