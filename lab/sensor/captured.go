//go:build linux

package sensor

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/ringer-lab/ringer/emulation/event"
)

// capturedContent is what a captured file holds, and who wrote it.
type capturedContent struct {
	writer *process
	path   string
	data   []byte
}

// noteWrite notes that a process has a file open for writing, or has given it its
// name: what it will hold is reported when the process ends.
func (t *tracer) noteWrite(of *process, path string) {
	if t.sensor.Capture != nil && t.sensor.Capture(path) {
		t.pendingContent[path] = of
	}
}

// readCaptured reads a captured file that a call is about to replace; nil if it is none
// or holds nothing untold.
func (t *tracer) readCaptured(where fileRef) *capturedContent {
	if len(t.pendingContent) == 0 {
		return nil
	}
	path, err := where.realPath()
	of := t.pendingContent[path]
	if err != nil || of == nil {
		return nil
	}
	held, err := readLimited(path)
	if err != nil {
		t.drop(of, fmt.Errorf("capture: %w", err))
		return nil
	}
	return &capturedContent{of, path, held}
}

// emitContent reports what readCaptured read, once the call has succeeded.
func (t *tracer) emitContent(captured *capturedContent) {
	if captured == nil {
		return
	}
	delete(t.pendingContent, captured.path)
	t.emit(captured.writer, event.Observation{Kind: event.Content, Path: captured.path, Content: captured.data})
}

// emitContentsOf reports the captured files of a process that has ended. Its parent may
// run already, but can replace no file before the tracer lets it.
func (t *tracer) emitContentsOf(of *process) {
	for _, path := range slices.Sorted(maps.Keys(t.pendingContent)) {
		if t.pendingContent[path] != of {
			continue
		}
		delete(t.pendingContent, path)
		held, err := readLimited(path)
		if errors.Is(err, unix.EISDIR) {
			continue // a folder was given that name
		}
		if err != nil {
			t.drop(of, fmt.Errorf("capture: %w", err))
			continue
		}
		t.emit(of, event.Observation{Kind: event.Content, Path: path, Content: held})
	}
}

// renameUnsaved carries what is not reported yet to a new name, of the file or of a folder above
// it.
func (t *tracer) renameUnsaved(of *process, from, to string) {
	for path, writer := range t.pendingContent {
		if rest, below := strings.CutPrefix(path, from+"/"); below {
			delete(t.pendingContent, path)
			t.noteWrite(writer, to+"/"+rest)
		}
	}
	t.noteWrite(of, to)
}

func readLimited(path string) ([]byte, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, event.MaxContent))
}
