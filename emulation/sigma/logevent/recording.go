package logevent

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/userfile"
)

// maxRecording is the most bytes that a recording may have, as it is read as a whole.
const maxRecording = 64 << 20

// ReadFile reads the events of a recording. Each line of a .raw or .log file is an
// event without fields, which keyword rules search; other files are JSON as a
// [Decoder] reads it. It fails where the file cannot be read, and at the first
// record that cannot be.
func ReadFile(fsys fs.FS, name string) ([]*Event, error) {
	src, err := userfile.ReadFS(fsys, name, maxRecording)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	var events []*Event
	if ext := path.Ext(name); ext == ".raw" || ext == ".log" {
		for line := range strings.Lines(string(src)) {
			if line = strings.TrimSpace(line); line != "" {
				events = append(events, &Event{Raw: line})
			}
		}
		return events, nil
	}
	d := NewDecoder(strings.NewReader(string(src)))
	for {
		ev, err := d.Next()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read recording %s: %w", path.Base(name), err)
		}
		events = append(events, ev)
	}
}
