package channel

import (
	"bytes"

	"github.com/ringer-lab/ringer/emulation/event"
)

// GrowingFile follows a file of lines and finds what is added to it. Content is
// what it has so far.
type GrowingFile struct {
	Path    string
	Content []byte
}

// Added returns the lines that an activity adds to the file, without empty ones.
// Lines count only where writtenBy accepts the process that wrote them.
func (g *GrowingFile) Added(a Activity, writtenBy func(*Process) bool) [][]byte {
	if a.PlatformPath != g.Path {
		return nil
	}
	var news []byte
	switch a.Kind {
	case event.Line:
		g.Content = bytes.Join([][]byte{g.Content, a.Content, []byte("\n")}, nil)
		return [][]byte{a.Content}
	case event.Truncate, event.Unlink, event.Rename:
		g.Content = nil
	case event.Content:
		if bytes.HasPrefix(a.Content, g.Content) && writtenBy(a.Actor) {
			news = a.Content[len(g.Content):]
		}
		g.Content = a.Content
	}
	var lines [][]byte
	for line := range bytes.Lines(news) {
		if len(bytes.TrimSpace(line)) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}
