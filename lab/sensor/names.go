package sensor

import (
	"errors"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// remove tells a file or folder that is deleted.
func (t *tracer) remove(th *thread, at spot, kind event.Kind) after {
	where, err := th.find(at)
	if err != nil {
		return t.unreadable(th, err)
	}
	where.follow = false
	kept := t.hold(where)
	return func(int64) {
		path, err := where.real()
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.save(kept)
		delete(t.unsaved, path)
		t.see(th.of, event.Observation{Kind: kind, Path: path})
	}
}

// make tells a folder, or a file made without being opened.
func (t *tracer) make(th *thread, at spot, kind event.Kind) after {
	where, err := th.find(at)
	if err != nil {
		return t.unreadable(th, err)
	}
	where.follow = false
	return func(int64) {
		path, err := where.real()
		stat, statErr := where.stat()
		if err = errors.Join(err, statErr); err != nil {
			t.drop(th.of, err)
			return
		}
		seen := kind
		if kind == event.Create {
			switch stat.Mode & unix.S_IFMT {
			case unix.S_IFIFO:
				seen = event.Pipe
			case unix.S_IFREG:
			default:
				return
			}
		}
		t.see(th.of, event.Observation{Kind: seen, Path: path, Mode: stat.Mode & 0o7777})
	}
}

// rename tells a new name; an exchange of two is told as two.
func (t *tracer) rename(th *thread, from, to spot, flags uint64) after {
	source, sourceErr := th.find(from)
	target, targetErr := th.find(to)
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.unreadable(th, err)
	}
	source.follow, target.follow = false, false
	kept, replaced := t.hold(source), t.hold(target)
	return func(int64) {
		path, pathErr := source.real()
		name, nameErr := target.real()
		if err := errors.Join(pathErr, nameErr); err != nil {
			t.drop(th.of, err)
			return
		}
		t.save(kept)
		t.save(replaced)
		t.see(th.of, event.Observation{Kind: event.Rename, Path: path, To: name})
		if flags&unix.RENAME_EXCHANGE != 0 {
			t.see(th.of, event.Observation{Kind: event.Rename, Path: name, To: path})
			t.wrote(th.of, path)
		}
		t.moved(th.of, path, name)
	}
}

// link tells a further name of a file.
func (t *tracer) link(th *thread, from, to spot, flags uint64) after {
	source, sourceErr := th.find(from)
	target, targetErr := th.find(to)
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.unreadable(th, err)
	}
	source.follow, target.follow = flags&unix.AT_SYMLINK_FOLLOW != 0, false
	return func(int64) {
		path, pathErr := source.real()
		name, nameErr := target.real()
		if err := errors.Join(pathErr, nameErr); err != nil {
			t.drop(th.of, err)
			return
		}
		t.see(th.of, event.Observation{Kind: event.Link, Path: path, To: name})
		t.wrote(th.of, name)
	}
}

// symlink tells a symbolic link, with its target as it was given.
func (t *tracer) symlink(th *thread, target uint64, at spot) after {
	text, textErr := th.of.memory.text(th.tid, target, longestPath)
	where, whereErr := th.find(at)
	if err := errors.Join(textErr, whereErr); err != nil {
		return t.unreadable(th, err)
	}
	where.follow = false
	return func(int64) {
		path, err := where.real()
		if err != nil {
			t.drop(th.of, err)
			return
		}
		t.see(th.of, event.Observation{Kind: event.Symlink, Path: path, To: text})
	}
}
