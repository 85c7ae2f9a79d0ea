//go:build linux

package sensor

import (
	"errors"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// ifSeen is for calls whose effect is to be seen where they say that it is, so that it
// shows what the kernel did, whatever became of the call's arguments after they were
// read. Where the thread did not live to see the end, it says whether the call was made.
func (t *tracer) ifSeen(th *thread, seen func() bool, report func() error) onEnd {
	return func(result int64) {
		switch {
		case result < 0 && result != killed:
		case seen():
			t.dropOnError(th, report())
		case result != killed:
			t.drop(th.process, errChanged)
		}
	}
}

// remove reports a file or folder that is deleted.
func (t *tracer) remove(th *thread, at pathArg, kind event.Kind) onEnd {
	where, err := th.resolve(at.link())
	if err != nil {
		return t.dropIfMade(th, err)
	}
	captured := t.readCaptured(where)
	return t.ifSeen(th, func() bool { return where.found && where.isGone() }, func() error {
		path, err := where.realPath()
		if err != nil {
			return err
		}
		t.emitContent(captured)
		delete(t.pendingContent, path)
		t.emit(th.process, event.Observation{Kind: kind, Path: path})
		return nil
	})
}

// makeNode reports a folder, or a file made without being opened.
func (t *tracer) makeNode(th *thread, at pathArg, kind event.Kind) onEnd {
	where, err := th.resolve(at.link())
	if err != nil {
		return t.dropIfMade(th, err)
	}
	var made unix.Stat_t
	return t.ifSeen(th, func() bool {
		var err error
		made, err = where.stat()
		return !where.found && err == nil
	}, func() error {
		path, err := where.realPath()
		if err != nil {
			return err
		}
		seen := kind
		if kind == event.Create {
			switch made.Mode & unix.S_IFMT {
			case unix.S_IFIFO:
				seen = event.Pipe
			case unix.S_IFREG:
			default:
				return nil
			}
		}
		t.emit(th.process, event.Observation{Kind: seen, Path: path, Mode: made.Mode & 0o7777})
		return nil
	})
}

// rename reports a new name; an exchange of two is reported as two. Of two names of
// one file the kernel says that it renamed one to the other, and does nothing.
func (t *tracer) rename(th *thread, from, to pathArg, flags uint64) onEnd {
	source, sourceErr := th.resolve(from.link())
	target, targetErr := th.resolve(to.link())
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.dropIfMade(th, err)
	}
	captured, replaced := t.readCaptured(source), t.readCaptured(target)
	return t.ifSeen(th, func() bool {
		switch {
		case !source.found || !target.isNow(source.was):
			return false
		case target.found && sameFile(source.was, target.was):
			return th.checkArguments() == nil
		case flags&unix.RENAME_EXCHANGE != 0:
			return source.isNow(target.was)
		}
		return !source.isNow(source.was)
	}, func() error {
		path, pathErr := source.realPath()
		name, nameErr := target.realPath()
		if err := errors.Join(pathErr, nameErr); err != nil {
			return err
		}
		t.emitContent(captured)
		t.emitContent(replaced)
		t.emit(th.process, event.Observation{Kind: event.Rename, Path: path, To: name})
		if flags&unix.RENAME_EXCHANGE != 0 {
			t.emit(th.process, event.Observation{Kind: event.Rename, Path: name, To: path})
			t.noteWrite(th.process, path)
		}
		t.renameUnsaved(th.process, path, name)
		return nil
	})
}

// link reports a further name of a file.
func (t *tracer) link(th *thread, from, to pathArg) onEnd {
	source, sourceErr := th.resolve(from)
	target, targetErr := th.resolve(to.link())
	if err := errors.Join(sourceErr, targetErr); err != nil {
		return t.dropIfMade(th, err)
	}
	return t.ifSeen(th, func() bool {
		return source.found && !target.found && target.isNow(source.was)
	}, func() error {
		path, pathErr := source.realPath()
		name, nameErr := target.realPath()
		if err := errors.Join(pathErr, nameErr); err != nil {
			return err
		}
		t.emit(th.process, event.Observation{Kind: event.Link, Path: path, To: name})
		t.noteWrite(th.process, name)
		return nil
	})
}

// symlink reports a symbolic link, with its target as it was given.
func (t *tracer) symlink(th *thread, target uint64, at pathArg) onEnd {
	text, textErr := th.readString(target, maxPath)
	where, whereErr := th.resolve(at.link())
	if err := errors.Join(textErr, whereErr); err != nil {
		return t.dropIfMade(th, err)
	}
	return t.ifSeen(th, func() bool {
		made := make([]byte, unix.PathMax)
		n, err := unix.Readlinkat(where.fd, where.name, made)
		return !where.found && err == nil && string(made[:n]) == text
	}, func() error {
		path, err := where.realPath()
		if err != nil {
			return err
		}
		t.emit(th.process, event.Observation{Kind: event.Symlink, Path: path, To: text})
		return nil
	})
}

// dropIfMade counts a call that could not be looked at, if it succeeds.
func (t *tracer) dropIfMade(th *thread, err error) onEnd {
	return ifMade(func(int64) { t.drop(th.process, err) })
}
