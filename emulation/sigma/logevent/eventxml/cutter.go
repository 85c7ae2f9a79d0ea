package eventxml

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
)

// Cutter cuts a stream into its Event elements, whatever stands around them: one a
// line, one after another, or all in one element.
type Cutter struct {
	in    *bufio.Reader
	limit int
	line  int    // of where the stream was read to
	held  []byte // the element that was begun
	start int
}

// NewCutter cuts elements of at most limit bytes.
func NewCutter(in *bufio.Reader, limit int) *Cutter { return &Cutter{in: in, limit: limit, line: 1} }

var (
	openEvent  = []byte("<Event")
	closeEvent = []byte("</Event>")
)

// Next is the next element. A broken one ends where the next begins. It fails as a
// [cut.Cutter] does.
func (c *Cutter) Next() (cut.Piece, error) {
	for {
		chunk, err := c.in.ReadSlice('>')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			held := len(c.held) > 0
			c.held = c.held[:0]
			if held && errors.Is(err, io.EOF) {
				return cut.Piece{}, c.bad("the event is incomplete")
			}
			return cut.Piece{}, err
		}
		begun := opening(chunk)
		if begun >= 0 && len(c.held) > 0 {
			bad := c.bad("the event is incomplete")
			c.begin(chunk, begun)
			return cut.Piece{}, bad
		}
		if len(c.held) == 0 {
			if begun < 0 {
				c.line += bytes.Count(chunk, []byte("\n"))
				continue
			}
			c.begin(chunk, begun)
		} else {
			c.held = append(c.held, chunk...)
			c.line += bytes.Count(chunk, []byte("\n"))
		}
		if len(c.held) > c.limit {
			c.held = nil
			return cut.Piece{}, c.bad(fmt.Sprintf("the event is longer than %d bytes", c.limit))
		}
		if bytes.HasSuffix(c.held, closeEvent) {
			piece := cut.Piece{Text: c.held, Line: c.start}
			c.held = c.held[:0]
			return piece, nil
		}
	}
}

func (c *Cutter) bad(what string) error {
	return &logevent.LineError{Line: c.start, Err: errors.New(what)}
}

// begin begins to hold an element.
func (c *Cutter) begin(chunk []byte, at int) {
	c.start = c.line + bytes.Count(chunk[:at], []byte("\n"))
	c.line += bytes.Count(chunk, []byte("\n"))
	c.held = append(c.held[:0], chunk[at:]...)
}

// opening is where the tag that ends a chunk begins, if it opens an event.
func opening(chunk []byte) int {
	at := bytes.LastIndexByte(chunk, '<')
	if at < 0 || !bytes.HasPrefix(chunk[at:], openEvent) || at+len(openEvent) >= len(chunk) {
		return -1
	}
	switch chunk[at+len(openEvent)] {
	case ' ', '>', '\t', '\r', '\n':
		return at
	}
	return -1
}
