//go:build linux

package sensor

import (
	"errors"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// remove reports a file or folder that is deleted.
func (t *tracer) remove(th *thread, at pathArg, kind event.Kind) onSuccess {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	where.followLink = false
	captured := t.readCaptured(where)
	return func(int64) {
		path, err := where.realPath()
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.emitContent(captured)
		delete(t.pendingContent, path)
		t.emit(th.process, event.Observation{Kind: kind, Path: path})
	}
}

// makeNode reports a folder, or a file made without being opened.
func (t *tracer) makeNode(th *thread, at pathArg, kind event.Kind) onSuccess {
	where, err := th.resolve(at)
	if err != nil {
		return t.dropIfSuccessful(th, err)
	}
	where.followLink = false
	return func(int64) {
		path, err := where.realPath()
		stat, statErr := where.stat()
		if err = errors.Join(err, statErr); err != nil {
			t.drop(th.process, err)
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
		t.emit(th.process, event.Observation{Kind: seen, Path: path, Mode: stat.Mode & 0o7777})
	}
}

// rename reports a new name; an exchange of two is reported as two.
func (t *tracer) rename(th *thread, from, to pathArg, flags uint64) onSuccess {
	source, sourceErr := th.resolve(from)
	target, targetErr := th.resolve(to)
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.dropIfSuccessful(th, err)
	}
	source.followLink, target.followLink = false, false
	captured, replaced := t.readCaptured(source), t.readCaptured(target)
	return func(int64) {
		path, pathErr := source.realPath()
		name, nameErr := target.realPath()
		if err := errors.Join(pathErr, nameErr); err != nil {
			t.drop(th.process, err)
			return
		}
		t.emitContent(captured)
		t.emitContent(replaced)
		t.emit(th.process, event.Observation{Kind: event.Rename, Path: path, To: name})
		if flags&unix.RENAME_EXCHANGE != 0 {
			t.emit(th.process, event.Observation{Kind: event.Rename, Path: name, To: path})
			t.noteWrite(th.process, path)
		}
		t.renameUnsaved(th.process, path, name)
	}
}

// link reports a further name of a file.
func (t *tracer) link(th *thread, from, to pathArg, flags uint64) onSuccess {
	source, sourceErr := th.resolve(from)
	target, targetErr := th.resolve(to)
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.dropIfSuccessful(th, err)
	}
	source.followLink, target.followLink = flags&unix.AT_SYMLINK_FOLLOW != 0, false
	return func(int64) {
		path, pathErr := source.realPath()
		name, nameErr := target.realPath()
		if err := errors.Join(pathErr, nameErr); err != nil {
			t.drop(th.process, err)
			return
		}
		t.emit(th.process, event.Observation{Kind: event.Link, Path: path, To: name})
		t.noteWrite(th.process, name)
	}
}

// symlink reports a symbolic link, with its target as it was given.
func (t *tracer) symlink(th *thread, target uint64, at pathArg) onSuccess {
	text, textErr := th.process.memory.readString(th.tid, target, maxPath)
	where, whereErr := th.resolve(at)
	if err := errors.Join(textErr, whereErr); err != nil {
		return t.dropIfSuccessful(th, err)
	}
	where.followLink = false
	return func(int64) {
		path, err := where.realPath()
		if err != nil {
			t.drop(th.process, err)
			return
		}
		t.emit(th.process, event.Observation{Kind: event.Symlink, Path: path, To: text})
	}
}
