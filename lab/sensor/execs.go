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

// firstBytes is how much of an executed file is told: enough for a script's
// first line and a stand-in's version resource.
const firstBytes = 4 << 10

// program is what a thread is about to execute.
type program struct {
	seen event.Observation
	file *os.File
	errs []error
}

// exec reads a program's name and arguments, which are gone once it runs. What
// it returns is only for the very first exec, whose failure must be known.
func (t *tracer) exec(th *thread, at spot, argv, envp uint64) after {
	th.program.discard()
	next := &program{seen: event.Observation{Kind: event.Exec}}
	th.program = next
	note := func(err error) {
		if err != nil {
			next.errs = append(next.errs, err)
		}
	}
	var err error
	where, err := th.find(at)
	note(err)
	if err == nil {
		next.seen.Path, err = where.named()
		note(err)
		next.file, err = os.Open(where.reach)
		note(err)
	}
	next.seen.Argv, err = th.of.memory.texts(th.tid, argv, func(string) bool { return true })
	note(err)
	next.seen.Dir, err = readlink(th.proc("cwd"))
	note(err)
	kept, err := th.of.memory.texts(th.tid, envp, isKept)
	note(err)
	for _, one := range kept {
		if next.seen.Env == nil {
			next.seen.Env = map[string]string{}
		}
		name, value, _ := strings.Cut(one, "=")
		next.seen.Env[name] = value
	}
	if t.started {
		return nil
	}
	return func(int64) {}
}

func isKept(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains(event.Keep[:], name)
}

func (p *program) discard() {
	if p != nil && p.file != nil {
		_ = p.file.Close() // it was only read
	}
}

// executed tells an exec that succeeded. The tree's first one also brings its
// process into being.
func (t *tracer) executed(th *thread) {
	t.replaced(th)
	uid, err := owner(th.of.pid)
	t.check(th, err)
	th.of.uid = uid
	if !t.started {
		t.started = true
		th.of.key = t.sensor.keys.Add(1)
		t.see(th.of, event.Observation{Kind: event.Fork})
	}
	next := th.program
	th.program = nil
	if next == nil {
		t.drop(th.of, fmt.Errorf("exec without a call"))
		return
	}
	defer next.discard()
	if next.file != nil {
		next.seen.Content, next.seen.Digest, err = t.sensor.digests.of(next.file)
		if err != nil {
			next.errs = append(next.errs, err)
		}
	}
	for _, err := range next.errs {
		t.drop(th.of, fmt.Errorf("read exec of %s: %w", next.seen.Path, err))
	}
	t.see(th.of, next.seen)
}

// digests remembers what executed files hold, as most are executed again. A
// file's change time cannot be set, so an entry holds as long as that does.
type digests struct {
	mutex sync.Mutex
	known map[version]held
}

type version struct {
	device, inode uint64
	size          int64
	changed       unix.Timespec
}

type held struct {
	first  []byte
	digest string
}

// of gives a file's first bytes and its SHA-256.
func (d *digests) of(file *os.File) ([]byte, string, error) {
	var stat unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &stat); err != nil {
		return nil, "", fmt.Errorf("look at file: %w", err)
	}
	key := version{stat.Dev, stat.Ino, stat.Size, stat.Ctim}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if found, ok := d.known[key]; ok {
		return found.first, found.digest, nil
	}
	sum := sha256.New()
	first, err := io.ReadAll(io.TeeReader(io.LimitReader(file, firstBytes), sum))
	if err == nil {
		_, err = io.Copy(sum, file)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read file: %w", err)
	}
	if d.known == nil {
		d.known = map[version]held{}
	}
	found := held{first, hex.EncodeToString(sum.Sum(nil))}
	d.known[key] = found
	return found.first, found.digest, nil
}
