package sensor

import (
	"errors"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// chmod tells permission bits that were set.
func (t *tracer) chmod(th *thread, at spot) after {
	return t.changed(th, at, func(seen *event.Observation, _, now unix.Stat_t) {
		seen.Kind, seen.Mode = event.Chmod, now.Mode&0o7777
	})
}

// chown tells a new owner.
func (t *tracer) chown(th *thread, at spot) after {
	return t.changed(th, at, func(seen *event.Observation, _, now unix.Stat_t) {
		seen.Kind, seen.Owner = event.Chown, &event.Owner{UID: now.Uid, GID: now.Gid}
	})
}

// utimes tells times that were set, and the one that was there.
func (t *tracer) utimes(th *thread, at spot) after {
	return t.changed(th, at, func(seen *event.Observation, was, now unix.Stat_t) {
		seen.Kind = event.Utimes
		seen.Before, seen.Accessed, seen.Modified = moment(was.Mtim), moment(now.Atim), moment(now.Mtim)
	})
}

func moment(at unix.Timespec) *time.Time {
	t := time.Unix(at.Unix()).UTC()
	return &t
}

// changed tells what a call changed of a file that is there before and after.
func (t *tracer) changed(th *thread, at spot, tell func(seen *event.Observation, was, now unix.Stat_t)) after {
	where, err := th.find(at)
	if err != nil {
		return t.unreadable(th, err)
	}
	was, wasErr := where.stat()
	return func(int64) {
		now, nowErr := where.stat()
		path, pathErr := where.real()
		if err := errors.Join(wasErr, nowErr, pathErr); err != nil {
			t.drop(th.of, err)
			return
		}
		seen := event.Observation{Path: path}
		tell(&seen, was, now)
		t.see(th.of, seen)
	}
}

// truncate tells a file that is cut by name or by descriptor.
func (t *tracer) truncate(th *thread, at spot) after {
	where, err := th.find(at)
	if err != nil {
		return t.unreadable(th, err)
	}
	kept := t.hold(where)
	return func(int64) {
		path, err := where.real()
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.save(kept)
		t.see(th.of, event.Observation{Kind: event.Truncate, Path: path})
		t.wrote(th.of, path)
	}
}
