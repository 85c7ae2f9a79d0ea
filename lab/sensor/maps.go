package sensor

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// mapFile tells a file that is mapped as code.
func (t *tracer) mapFile(th *thread, flags, fd uint64) after {
	if flags&unix.MAP_ANONYMOUS != 0 {
		return nil
	}
	return func(int64) {
		reach := th.descriptor(int64(int32(fd)))
		path, err := readlink(reach)
		if err != nil {
			t.drop(th.of, err)
			return
		}
		file, err := os.Open(reach)
		if err != nil {
			t.drop(th.of, err)
			return
		}
		defer file.Close()
		t.mapped(th, path, file)
	}
}

func (t *tracer) mapped(th *thread, path string, file *os.File) {
	seen := event.Observation{Kind: event.Map, Path: path}
	var err error
	if seen.Content, seen.Digest, err = t.sensor.digests.of(file); err != nil {
		t.drop(th.of, fmt.Errorf("read mapped %s: %w", path, err))
	}
	t.see(th.of, seen)
}

// mapAgain tells the files in a range of memory that is made code only after
// they were mapped.
func (t *tracer) mapAgain(th *thread, address, length uint64) after {
	return func(int64) {
		all, err := os.ReadFile(th.proc("maps"))
		if err != nil {
			t.drop(th.of, err)
			return
		}
		for line := range strings.Lines(string(all)) {
			var from, to uint64
			if _, err := fmt.Sscanf(line, "%x-%x", &from, &to); err != nil {
				t.drop(th.of, fmt.Errorf("read maps: %w", err))
				return
			}
			name := strings.IndexByte(line, '/')
			if name < 0 || to <= address || from >= address+length {
				continue
			}
			path := strings.TrimSuffix(strings.TrimSpace(line[name:]), " (deleted)")
			file, err := os.Open(path)
			if err != nil { // it has no name any more, but is told
				t.see(th.of, event.Observation{Kind: event.Map, Path: path})
				continue
			}
			t.mapped(th, path, file)
			_ = file.Close() // it was only read
		}
	}
}
