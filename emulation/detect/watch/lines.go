package watch

import (
	"bytes"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/outside"
	"github.com/ringer-lab/ringer/emulation/outside/format"
)

// lines parts what arrives in pieces into whole lines. One that is too long is left out.
type lines struct {
	of      *source
	partial []byte
	tooLong bool
}

// add takes a piece.
func (l *lines) add(piece []byte) {
	for {
		line, rest, whole := bytes.Cut(piece, []byte("\n"))
		if !l.tooLong && len(l.partial)+len(line) > format.MostBytes {
			l.tooLong, l.partial = true, nil
			l.of.with(func(g *outside.Gathering) {
				g.Note(0, 1, fmt.Sprintf("a line has more than %d bytes", format.MostBytes))
			})
		}
		if !l.tooLong {
			l.partial = append(l.partial, line...)
		}
		if !whole {
			return
		}
		l.end()
		piece = rest
	}
}

// end takes what there is as a whole line.
func (l *lines) end() {
	if text := bytes.TrimSpace(l.partial); len(text) > 0 && !l.tooLong {
		l.of.read(text)
	}
	l.partial, l.tooLong = nil, false
}
