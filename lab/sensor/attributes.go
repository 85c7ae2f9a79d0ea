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

// chmod reports permission bits that were set. The kernel may take the set-group-ID bit
// out of them.
func (t *tracer) chmod(th *thread, at pathArg, mode uint64) onEnd {
	return t.metadataChange(th, at, func(seen *event.Observation, _, now unix.Stat_t) bool {
		seen.Kind, seen.Mode = event.Chmod, now.Mode&0o7777
		return (now.Mode^uint32(mode))&0o7777&^unix.S_ISGID == 0
	})
}

// chown reports a new owner. One of -1 is left as it is.
func (t *tracer) chown(th *thread, at pathArg, uid, gid uint64) onEnd {
	return t.metadataChange(th, at, func(seen *event.Observation, was, now unix.Stat_t) bool {
		seen.Kind, seen.Owner = event.Chown, &event.Owner{UID: now.Uid, GID: now.Gid}
		isSet := func(to uint64, now uint32) bool { return uint32(to) == ^uint32(0) || uint32(to) == now }
		return isSet(uid, now.Uid) && isSet(gid, now.Gid)
	})
}

// utimes reports times that were set, and the one that was there.
func (t *tracer) utimes(th *thread, at pathArg) onEnd {
	return t.metadataChange(th, at, func(seen *event.Observation, was, now unix.Stat_t) bool {
		seen.Kind = event.Utimes
		seen.Before, seen.Accessed, seen.Modified = utcTime(was.Mtim), utcTime(now.Atim), utcTime(now.Mtim)
		return true
	})
}

func utcTime(at unix.Timespec) *time.Time {
	t := time.Unix(at.Unix()).UTC()
	return &t
}

// metadataChange reports what a call changed of a file that is there before and after.
// describe says what it was; asked is false where that is not what was asked for.
func (t *tracer) metadataChange(th *thread, at pathArg, describe func(seen *event.Observation, was, now unix.Stat_t) (asked bool)) onEnd {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	return ifMade(func(int64) {
		now, nowErr := where.stat()
		path, pathErr := where.realPath()
		if err := errors.Join(nowErr, pathErr); err != nil {
			t.drop(th.process, err)
			return
		}
		seen := event.Observation{Path: path}
		if !where.found || !sameFile(where.was, now) || !describe(&seen, where.was, now) || th.checkArguments() != nil {
			t.drop(th.process, errChanged)
			return
		}
		t.emit(th.process, seen)
	})
}

// truncate reports a file that is cut by name or by descriptor.
func (t *tracer) truncate(th *thread, at pathArg) onEnd {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	captured := t.readCaptured(where)
	return ifMade(func(int64) {
		path, err := where.realPath()
		if err = errors.Join(err, th.checkArguments()); err != nil {
			t.drop(th.process, err)
			return
		}
		t.emitContent(captured)
		t.emit(th.process, event.Observation{Kind: event.Truncate, Path: path})
		t.noteWrite(th.process, path)
	})
}

// setAttribute reports an extended attribute that is set, or removed where it has no
// value.
func (t *tracer) setAttribute(th *thread, at pathArg, name, value, size uint64) onEnd {
	called, err := th.readString(name, maxName)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	content, err := th.readData(value, size)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	return t.metadataChange(th, at, func(seen *event.Observation, _, _ unix.Stat_t) bool {
		seen.Kind, seen.Name, seen.Content = event.Attribute, called, content
		return true
	})
}

// setAttributeAt is setxattrat's, which has the value's address and size in memory
// (struct xattr_args).
func (t *tracer) setAttributeAt(th *thread, at pathArg, name, args uint64) onEnd {
	var value [12]byte
	if n, err := th.readArgument(args, value[:]); err != nil || n < len(value) {
		return t.dropIfMade(th, fmt.Errorf("read attribute: %w", err))
	}
	return t.setAttribute(th, at, name, binary.NativeEndian.Uint64(value[:]), uint64(binary.NativeEndian.Uint32(value[8:])))
}
