//go:build linux

package sensor

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// mmap reports a file that is mapped as code.
func (t *tracer) mmap(th *thread, flags, fd uint64) onSuccess {
	if flags&unix.MAP_ANONYMOUS != 0 {
		return nil
	}
	return func(int64) {
		reach := th.procFD(int64(int32(fd)))
		path, err := readlink(reach)
		if err != nil {
			t.drop(th.process, err)
			return
		}
		file, err := openFile(reach)
		if err != nil {
			t.drop(th.process, err)
			return
		}
		defer file.Close()
		t.emitMap(th, path, file)
	}
}

func (t *tracer) emitMap(th *thread, path string, file *os.File) {
	seen := event.Observation{Kind: event.Map, Path: path}
	var err error
	if seen.Content, seen.Digest, err = t.sensor.digests.of(file); err != nil {
		t.drop(th.process, fmt.Errorf("read mapped %s: %w", path, err))
	}
	t.emit(th.process, seen)
}

// mprotect reports the files in a range of memory that is made code only after
// they were mapped.
func (t *tracer) mprotect(th *thread, address, length uint64) onSuccess {
	return func(int64) {
		all, err := readFile(th.procPath("maps"))
		if err != nil {
			t.drop(th.process, err)
			return
		}
		for line := range strings.Lines(string(all)) {
			var from, to uint64
			if _, err := fmt.Sscanf(line, "%x-%x", &from, &to); err != nil {
				t.drop(th.process, fmt.Errorf("read maps: %w", err))
				return
			}
			name := strings.IndexByte(line, '/')
			if name < 0 || to <= address || from >= address+length {
				continue
			}
			path := strings.TrimSuffix(strings.TrimSpace(line[name:]), " (deleted)")
			file, err := openFile(path)
			if err != nil { // it has no name any more, but is reported
				t.emit(th.process, event.Observation{Kind: event.Map, Path: path})
				continue
			}
			t.emitMap(th, path, file)
			_ = file.Close() // it was only read
		}
	}
}
