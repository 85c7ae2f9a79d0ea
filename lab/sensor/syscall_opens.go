//go:build linux

package sensor

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// opening is an open that may write.
type opening struct {
	// flags are the call's; in memory they may not be what the kernel read.
	flags         uint64
	flagsInMemory bool
	// where is what the call names.
	where    fileRef
	captured *capturedContent
}

// open reports a file that is opened for writing, or made.
func (t *tracer) open(th *thread, at pathArg, flags uint64) onEnd {
	if flags&writeFlags == 0 || flags&unix.O_PATH != 0 {
		return nil
	}
	return t.openToWrite(th, at, opening{flags: flags})
}

// openat2 is openat2's, whose flags are in memory. Whether it can write is read from
// the descriptor that comes of it.
func (t *tracer) openat2(th *thread, at pathArg, how uint64) onEnd {
	var given [3]uint64 // struct open_how: flags, mode, resolve
	raw := make([]byte, unsafe.Sizeof(given))
	if n, err := th.readArgument(how, raw); err != nil || n < len(raw) {
		return t.dropIfMade(th, fmt.Errorf("read flags of an open: %w", err))
	}
	for i := range given {
		given[i] = binary.NativeEndian.Uint64(raw[8*i:])
	}
	at.inRoot = given[2]&unix.RESOLVE_IN_ROOT != 0
	return t.openToWrite(th, at, opening{flags: given[0], flagsInMemory: true})
}

// openToWrite looks at what is where the call will open, or make, a file.
func (t *tracer) openToWrite(th *thread, at pathArg, o opening) onEnd {
	at.noFollow = o.flags&unix.O_NOFOLLOW != 0 || o.flags&(unix.O_CREAT|unix.O_EXCL) == unix.O_CREAT|unix.O_EXCL
	var err error
	if o.where, err = th.resolve(at); err != nil {
		return t.dropIfMade(th, err)
	}
	if o.where.found && o.where.was.Mode&unix.S_IFMT != unix.S_IFREG {
		t.passTurn(th) // a pipe may have to wait for its other end
	}
	if o.where.found && o.where.was.Dev == procDevice() && o.flags&writeFlags != 0 {
		if path, err := o.where.realPath(); err == nil && isMemory(o.where.was, path) {
			return t.refuse(th, writeMemory)
		}
	}
	o.captured = t.readCaptured(o.where)
	return func(result int64) {
		if result >= 0 {
			err := t.emitOpened(th, o, result)
			t.dropOnError(th, err)
			if err == nil || !th.hasEnded() {
				return
			}
		}
		t.emitMadeInVain(th, o)
	}
}

// emitOpened reports what a descriptor has been opened on. Its path is read from there,
// so links and races are resolved already.
func (t *tracer) emitOpened(th *thread, o opening, fd int64) error {
	link := th.procFD(fd)
	file, err := statPath(link, true)
	if err != nil {
		return fmt.Errorf("look at what was opened: %w", err)
	}
	pipe := file.Mode&unix.S_IFMT == unix.S_IFIFO
	if file.Mode&unix.S_IFMT != unix.S_IFREG && !pipe {
		return nil
	}
	path, err := readlink(link)
	if err != nil {
		return err
	}
	same := o.where.found && sameFile(o.where.was, file)
	made := !o.where.found || !same && file.Nlink == 0 // one without a name is made in a folder
	writes, truncated := true, o.flags&unix.O_TRUNC != 0
	if o.flagsInMemory {
		if writes, err = th.canWrite(fd); err != nil {
			return err
		}
		truncated = truncated && writes || same && o.where.was.Size > 0 && file.Size == 0
	}
	switch {
	case !made && !truncated && !writes:
		return nil
	case isMemory(file, path):
		_ = unix.Kill(th.process.pid, unix.SIGKILL) // it may be dead already
		t.emit(th.process, event.Observation{Kind: event.Refused, Name: writeMemory})
		return nil
	}
	seen := event.Observation{Kind: event.Write, Path: path}
	switch {
	case pipe:
		seen.Kind = event.PipeOpen
	case made:
		seen.Kind, seen.Mode = event.Create, file.Mode&0o7777
	case truncated:
		seen.Kind = event.Truncate
	}
	t.emitContent(o.captured)
	t.emit(th.process, seen)
	if !pipe {
		t.noteWrite(th.process, path)
	}
	if same || made && (file.Nlink == 0 || o.where.isNow(file)) {
		return nil
	}
	if named, err := o.where.realPath(); err == nil && named == path {
		return nil
	}
	return errChanged // whether it was there before is not known
}

// emitMadeInVain reports what an open did that failed, or whose thread was killed: with
// O_CREAT a file is made before all else is looked at.
func (t *tracer) emitMadeInVain(th *thread, o opening) {
	if o.flags&(unix.O_CREAT|unix.O_TRUNC) == 0 {
		return
	}
	file, err := o.where.stat()
	if err != nil || file.Mode&unix.S_IFMT != unix.S_IFREG {
		return
	}
	path, err := o.where.realPath()
	switch {
	case err != nil:
		t.drop(th.process, err)
	case !o.where.found:
		t.emit(th.process, event.Observation{Kind: event.Create, Path: path, Mode: file.Mode & 0o7777})
	case sameFile(o.where.was, file) && o.where.was.Size > 0 && file.Size == 0:
		t.emit(th.process, event.Observation{Kind: event.Truncate, Path: path})
	}
}

// canWrite reads from a descriptor whether it can be written to.
func (th *thread) canWrite(fd int64) (bool, error) {
	info, err := readFile(th.procPath("fdinfo/") + strconv.FormatInt(fd, 10))
	if err != nil {
		return false, err
	}
	var flags uint64
	_, rest, _ := bytes.Cut(info, []byte("flags:"))
	if _, err := fmt.Sscanf(string(rest), "%o", &flags); err != nil {
		return false, fmt.Errorf("read flags of descriptor %d: %w", fd, err)
	}
	return flags&unix.O_ACCMODE != unix.O_RDONLY && flags&unix.O_PATH == 0, nil
}

// writeMemory is what is refused to a program that would write to memory through
// /proc: with another's it could act as that one.
const writeMemory = "open /proc/PID/mem to write"

// isMemory reports whether a file is a process's memory.
func isMemory(file unix.Stat_t, path string) bool {
	return strings.HasPrefix(path, "/proc/") && strings.HasSuffix(path, "/mem") && file.Mode&unix.S_IFMT == unix.S_IFREG
}

// memfdCreate reports a file that is in memory only; it can be executed all the
// same.
func (t *tracer) memfdCreate(th *thread) onEnd {
	return ifMade(func(fd int64) {
		path, err := readlink(th.procFD(fd))
		if err == nil && !strings.HasPrefix(path, "/memfd:") {
			err = errChanged
		}
		if err != nil {
			t.dropOnError(th, err)
			return
		}
		t.emit(th.process, event.Observation{Kind: event.Create, Path: path, Mode: 0o777})
	})
}
