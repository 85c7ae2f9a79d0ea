//go:build linux

package sensor

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// headSize is how much of an executed file is reported: enough for a script's
// first line and a stand-in's version resource.
const headSize = 4 << 10

// pendingExec is a program that a thread is about to execute.
type pendingExec struct {
	// count is how many arguments it is given, name the first: an interpreter is not
	// given that of its script.
	count int
	name  string
	err   error
}

// exec notes what will be gone once a program runs. All else is read from the new
// program, which has what the kernel took.
func (t *tracer) exec(th *thread, argv uint64) onEnd {
	next := &pendingExec{}
	next.count, next.name, next.err = th.process.memory.countStrings(th.tid, argv)
	th.call.exec = next
	return func(result int64) {
		if !t.started && result < 0 && result != killed {
			t.execError = unix.Errno(-result)
			_ = unix.Kill(t.root, unix.SIGKILL) // it ends one way or the other
		}
	}
}

// execDone reports an exec that succeeded. The tree's first one also brings its
// process into being.
func (t *tracer) execDone(th *thread) {
	t.resetAfterExec(th)
	uid, err := uidOf(th.process.pid)
	t.dropOnError(th, err)
	th.process.uid = uid
	if !t.started {
		t.started = true
		th.process.key = t.sensor.keys.Add(1)
		t.emit(th.process, event.Observation{Kind: event.Fork})
	}
	next := th.call.exec
	th.call.onEnd = nil // it has ended, and is not reported once more
	defer t.endCall(th)
	if next == nil {
		t.drop(th.process, fmt.Errorf("exec without a call"))
		return
	}
	given, err := th.readStart()
	if errors.Is(err, unix.EACCES) {
		// A file that may be executed but not read makes a process whose memory and
		// descriptors its tracer may not read either.
		_ = unix.Kill(th.process.pid, unix.SIGKILL) // it may be dead already
		t.emit(th.process, event.Observation{Kind: event.Refused, Name: "exec of a file that cannot be read"})
		return
	}
	seen := event.Observation{Kind: event.Exec}
	if err == nil {
		seen, err = t.executed(th, given, next)
	}
	if err = errors.Join(err, next.err); err != nil {
		t.dropOnError(th, fmt.Errorf("read exec of %s: %w", given.name, err))
	}
	t.emit(th.process, seen)
}

// executed describes the program that a thread has begun to run, with what could be
// read of it beside an error.
func (t *tracer) executed(th *thread, given programStart, next *pendingExec) (event.Observation, error) {
	seen := event.Observation{Kind: event.Exec, Env: keptVariables(given.env)}
	exe := th.procPath("exe")
	loaded, err := statPath(exe, true)
	if err != nil {
		return seen, err
	}
	var dirErr, pathErr error
	seen.Dir, dirErr = readlink(th.procPath("cwd"))
	open := func() (int, error) { return openPath(exe, unix.O_RDONLY) }
	if isPlain(given.name) && isTarget(given.name, loaded) {
		seen.Path = given.name
		seen.Argv, _ = next.argv(given, true)
	} else {
		file, err := th.find(unix.AT_FDCWD, given.name, true)
		named := err == nil && file.found
		// A descriptor that was to be closed is: only a program that needs no interpreter
		// can be executed by it.
		direct := named && sameFile(file.was, loaded) || !named && strings.HasPrefix(given.name, "/dev/fd/")
		var fits bool
		seen.Argv, fits = next.argv(given, direct)
		switch {
		case !fits:
			seen.Path, _ = readlink(exe) // the error that counts is the next
			pathErr = errChanged
		case named:
			open = file.reopen
			seen.Path, pathErr = th.pathAsNamed(file, given.name)
		default:
			seen.Path, pathErr = readlink(exe)
		}
	}
	fd, err := open()
	if err != nil {
		return seen, errors.Join(err, dirErr, pathErr)
	}
	content := os.NewFile(uintptr(fd), seen.Path)
	defer content.Close()
	seen.Content, seen.Digest, err = t.sensor.digests.of(content, t.sensor.Head)
	return seen, errors.Join(err, dirErr, pathErr)
}

// isPlain reports whether a path is absolute and means the same to each process.
func isPlain(path string) bool {
	return strings.HasPrefix(path, "/") && filepath.Clean(path) == path && !strings.HasPrefix(path, "/proc/") && !strings.HasPrefix(path, "/dev/")
}

// isTarget reports whether a path leads to a file.
func isTarget(path string, file unix.Stat_t) bool {
	there, err := statPath(path, true)
	return err == nil && sameFile(there, file)
}

// argv gives the arguments as they were passed to the call. A script's are behind those
// of its interpreter, and the script's own name. fits is false where they are not those
// of the file that was executed.
func (p *pendingExec) argv(given programStart, direct bool) (argv []string, fits bool) {
	switch {
	case p.count == 0 && (direct || slices.Contains(given.argv, given.name)):
		return nil, true // the kernel gave it an empty one
	case direct:
		return given.argv, true
	}
	script := len(given.argv) - p.count
	if script < 1 || given.argv[script] != given.name {
		script = slices.Index(given.argv, given.name) // another count was read than the kernel took
	}
	if script < 1 {
		return given.argv, false
	}
	return append([]string{p.name}, given.argv[script+1:]...), true
}

// pathAsNamed is the absolute path of a program as it was named, with no link resolved
// but those of /proc, which are links in name only.
func (th *thread) pathAsNamed(file fileRef, name string) (string, error) {
	folder, base := filepath.Split(name)
	switch {
	case file.throughProc:
		return file.realPath()
	case strings.HasPrefix(name, "/"):
		return filepath.Clean(name), nil
	case file.name == base:
		return file.realPath()
	}
	in, err := th.find(unix.AT_FDCWD, folder, true)
	if err != nil {
		return "", err
	}
	path, err := in.realPath()
	return filepath.Join(path, base), err
}

func keptVariables(env []string) map[string]string {
	var kept map[string]string
	for _, variable := range env {
		name, value, _ := strings.Cut(variable, "=")
		if slices.Contains(event.KeptVariables[:], name) {
			if kept == nil {
				kept = map[string]string{}
			}
			kept[name] = value
		}
	}
	return kept
}

// digests remembers what executed files hold, as most are executed again. A
// file's change time cannot be set, so an entry holds as long as that does.
type digests struct {
	mutex sync.Mutex
	known map[fileVersion]fileDigest
}

type fileVersion struct {
	device, inode uint64
	size          int64
	changed       unix.Timespec
}

type fileDigest struct {
	head   []byte
	digest string
}

// Unchanged tells the sensor that a file, of which the kernel said was, holds the same
// although it now says is: nobody but the caller has done anything to it meanwhile, and
// that was to give it a name. It is for files that nothing traced can have open.
func (s *Sensor) Unchanged(was, is unix.Stat_t) {
	s.digests.mutex.Lock()
	defer s.digests.mutex.Unlock()
	if found, ok := s.digests.known[versionOf(was)]; ok && was.Ino == is.Ino && was.Dev == is.Dev {
		s.digests.known[versionOf(is)] = found
	}
}

func versionOf(stat unix.Stat_t) fileVersion {
	return fileVersion{stat.Dev, stat.Ino, stat.Size, stat.Ctim}
}

// of returns what headOf gives of a file, or its first bytes where that is nil, and its
// SHA-256. The error is that of reading it.
func (d *digests) of(file *os.File, headOf func(io.ReaderAt, int64) []byte) ([]byte, string, error) {
	var stat unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &stat); err != nil {
		return nil, "", fmt.Errorf("look at file: %w", err)
	}
	key := versionOf(stat)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if found, ok := d.known[key]; ok {
		return found.head, found.digest, nil
	}
	sum := sha256.New()
	first, err := io.ReadAll(io.TeeReader(io.LimitReader(file, headSize), sum))
	if err == nil {
		_, err = io.Copy(sum, file)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read file: %w", err)
	}
	if headOf != nil {
		first = headOf(file, stat.Size)
	}
	if d.known == nil {
		d.known = map[fileVersion]fileDigest{}
	}
	found := fileDigest{first, hex.EncodeToString(sum.Sum(nil))}
	d.known[key] = found
	return found.head, found.digest, nil
}
