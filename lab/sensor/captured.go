package sensor

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// content is what a captured file holds, and who wrote it.
type content struct {
	of   *process
	path string
	held []byte
}

// wrote notes that a process has a file open for writing, or has given it its
// name: what it will hold is told when the process ends.
func (t *tracer) wrote(of *process, path string) {
	if t.sensor.Capture != nil && t.sensor.Capture(path) {
		t.unsaved[path] = of
	}
}

// hold reads a captured file that a call is about to replace; nil if it is none
// or holds nothing untold.
func (t *tracer) hold(where place) *content {
	if len(t.unsaved) == 0 {
		return nil
	}
	path, err := where.real()
	of := t.unsaved[path]
	if err != nil || of == nil {
		return nil
	}
	held, err := readSome(path)
	if err != nil {
		t.drop(of, fmt.Errorf("capture: %w", err))
		return nil
	}
	return &content{of, path, held}
}

// save tells what hold read, once the call has succeeded.
func (t *tracer) save(kept *content) {
	if kept == nil {
		return
	}
	delete(t.unsaved, kept.path)
	t.see(kept.of, event.Observation{Kind: event.Content, Path: kept.path, Content: kept.held})
}

// saveAll tells the captured files of a process that has ended. Its parent may
// run already, but can replace no file before the tracer lets it.
func (t *tracer) saveAll(of *process) {
	for _, path := range slices.Sorted(maps.Keys(t.unsaved)) {
		if t.unsaved[path] != of {
			continue
		}
		delete(t.unsaved, path)
		held, err := readSome(path)
		if errors.Is(err, unix.EISDIR) {
			continue // a folder was given that name
		}
		if err != nil {
			t.drop(of, fmt.Errorf("capture: %w", err))
			continue
		}
		t.see(of, event.Observation{Kind: event.Content, Path: path, Content: held})
	}
}

// moved carries what is untold to a new name, of the file or of a folder above
// it.
func (t *tracer) moved(of *process, from, to string) {
	for path, writer := range t.unsaved {
		if rest, below := strings.CutPrefix(path, from+"/"); below {
			delete(t.unsaved, path)
			t.wrote(writer, to+"/"+rest)
		}
	}
	t.wrote(of, to)
}

func readSome(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, event.MostContent))
}
