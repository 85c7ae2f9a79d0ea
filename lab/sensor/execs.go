//go:build linux

package sensor

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// headSize is how much of an executed file is reported: enough for a script's
// first line and a stand-in's version resource.
const headSize = 4 << 10

// pendingExec is what a thread is about to execute.
type pendingExec struct {
	seen event.Observation
	file *os.File
	errs []error
}

// exec reads a program's name and arguments, which are gone once it runs. What
// it returns is only for the very first exec, whose failure must be known.
func (t *tracer) exec(th *thread, at pathArg, argv, envp uint64) onSuccess {
	th.pendingExec.close()
	next := &pendingExec{seen: event.Observation{Kind: event.Exec}}
	th.pendingExec = next
	note := func(err error) {
		if err != nil {
			next.errs = append(next.errs, err)
		}
	}
	var err error
	where, err := th.resolve(at)
	note(err)
	if err == nil {
		next.seen.Path, err = where.unresolvedPath()
		note(err)
		next.file, err = openFile(where.procPath)
		note(err)
	}
	next.seen.Argv, err = th.process.memory.readStrings(th.tid, argv, func(string) bool { return true })
	note(err)
	next.seen.Dir, err = readlink(th.procPath("cwd"))
	note(err)
	captured, err := th.process.memory.readStrings(th.tid, envp, isKeptVariable)
	note(err)
	for _, variable := range captured {
		if next.seen.Env == nil {
			next.seen.Env = map[string]string{}
		}
		name, value, _ := strings.Cut(variable, "=")
		next.seen.Env[name] = value
	}
	if t.started {
		return nil
	}
	return func(int64) {}
}

func isKeptVariable(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains(event.KeptVariables[:], name)
}

func (p *pendingExec) close() {
	if p != nil && p.file != nil {
		_ = p.file.Close() // it was only read
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
	next := th.pendingExec
	th.pendingExec = nil
	if next == nil {
		t.drop(th.process, fmt.Errorf("exec without a call"))
		return
	}
	defer next.close()
	if next.file != nil {
		next.seen.Content, next.seen.Digest, err = t.sensor.digests.of(next.file)
		if err != nil {
			next.errs = append(next.errs, err)
		}
	}
	for _, err := range next.errs {
		t.drop(th.process, fmt.Errorf("read exec of %s: %w", next.seen.Path, err))
	}
	t.emit(th.process, next.seen)
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

// of returns a file's first bytes and its SHA-256. The error is that of reading it.
func (d *digests) of(file *os.File) ([]byte, string, error) {
	var stat unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &stat); err != nil {
		return nil, "", fmt.Errorf("look at file: %w", err)
	}
	key := fileVersion{stat.Dev, stat.Ino, stat.Size, stat.Ctim}
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
	if d.known == nil {
		d.known = map[fileVersion]fileDigest{}
	}
	found := fileDigest{first, hex.EncodeToString(sum.Sum(nil))}
	d.known[key] = found
	return found.head, found.digest, nil
}
