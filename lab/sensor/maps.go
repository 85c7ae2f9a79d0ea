//go:build linux

package sensor

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// mmap reports a file that is mapped as code.
func (t *tracer) mmap(th *thread, flags, fd uint64) onEnd {
	if flags&unix.MAP_ANONYMOUS != 0 {
		return nil
	}
	link := th.procFD(int64(fd))
	before, err := readlink(link)
	if err != nil {
		return t.dropIfMade(th, err)
	}
	return ifMade(func(int64) {
		path, err := readlink(link)
		if err == nil && path != before {
			err = errChanged
		}
		if err != nil {
			t.dropOnError(th, err)
			return
		}
		file, err := openFile(link)
		if err != nil {
			t.dropOnError(th, err)
			return
		}
		defer file.Close()
		t.emitMap(th, path, file)
	})
}

func (t *tracer) emitMap(th *thread, path string, file *os.File) {
	seen := event.Observation{Kind: event.Map, Path: path}
	var err error
	if seen.Content, seen.Digest, err = t.sensor.digests.of(file, t.sensor.Head); err != nil {
		t.drop(th.process, fmt.Errorf("read mapped %s: %w", path, err))
	}
	t.emit(th.process, seen)
}

// mprotect reports the files in a range of memory that is made code only after
// they were mapped.
func (t *tracer) mprotect(th *thread, address, length uint64) onEnd {
	return ifMade(func(int64) {
		all, err := readFile(th.procPath("maps"))
		if err != nil {
			t.dropOnError(th, err)
			return
		}
		for line := range strings.Lines(string(all)) {
			mapped, err := parseMapping(line)
			if err != nil {
				t.drop(th.process, err)
				return
			}
			if mapped.path == "" || mapped.to <= address || mapped.from >= address+length {
				continue
			}
			file, err := openFile(mapped.path)
			if err != nil { // it has no name any more, but is reported
				t.emit(th.process, event.Observation{Kind: event.Map, Path: mapped.path})
				continue
			}
			t.emitMap(th, mapped.path, file)
			_ = file.Close() // it was only read
		}
	})
}

// mapping is a range of memory; path is empty where no file is mapped there.
type mapping struct {
	from, to uint64
	path     string
}

// parseMapping reads a line of /proc/PID/maps: a range, permissions, offset, device,
// inode and name. A name that does not begin as a path does is none of a file's: a
// program may give its memory any.
func parseMapping(line string) (mapping, error) {
	var m mapping
	if _, err := fmt.Sscanf(line, "%x-%x", &m.from, &m.to); err != nil {
		return mapping{}, fmt.Errorf("read maps: %w", err)
	}
	fields := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 6)
	if len(fields) < 6 {
		return m, nil
	}
	name := strings.TrimLeft(fields[5], " ")
	if !strings.HasPrefix(name, "/") {
		return m, nil
	}
	inode, err := strconv.ParseUint(fields[4], 10, 64)
	if err != nil {
		return mapping{}, fmt.Errorf("read maps: %w", err)
	}
	m.path = strings.ReplaceAll(name, `\012`, "\n")
	if stat, err := statPath(m.path, false); err != nil || stat.Ino != inode {
		m.path = strings.TrimSuffix(m.path, deletedSuffix)
	}
	return m, nil
}
