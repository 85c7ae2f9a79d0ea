package cut

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
)

// Piece is a part of a stream that can be decoded apart from the others.
type Piece struct {
	Text []byte
	Line int // where it starts, from 1
	Of   any // what a cutter knows of it besides
}

// Cutter cuts a stream into pieces. The text of a piece is good until the next call.
type Cutter interface {
	// Next fails with io.EOF at the end, a *logevent.LineError for what was skipped,
	// after which it goes on, or what the stream failed with.
	Next() (Piece, error)
}

// Lines reads lines. One beyond the limit is skipped without being held in memory.
type Lines struct {
	r     *bufio.Reader
	limit int
	line  int // read so far
	long  []byte
}

// NewLines reads lines of at most limit bytes.
func NewLines(r *bufio.Reader, limit int) *Lines { return &Lines{r: r, limit: limit} }

// Next is the next line with its end. It fails as a [Cutter] does.
func (l *Lines) Next() (Piece, error) {
	l.line++
	chunk, err := l.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return l.longer(chunk)
	}
	if len(chunk) > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	if errors.Is(err, io.EOF) {
		l.line--
	}
	return Piece{Text: chunk, Line: l.line}, err
}

func (l *Lines) longer(chunk []byte) (Piece, error) {
	l.long = append(l.long[:0], chunk...)
	err := bufio.ErrBufferFull
	for errors.Is(err, bufio.ErrBufferFull) && len(l.long) <= l.limit {
		chunk, err = l.r.ReadSlice('\n')
		l.long = append(l.long, chunk...)
	}
	if len(l.long) <= l.limit {
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return Piece{Text: l.long, Line: l.line}, err
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = l.r.ReadSlice('\n')
	}
	l.long = nil
	if err != nil && !errors.Is(err, io.EOF) {
		return Piece{}, err
	}
	return Piece{}, &logevent.LineError{Line: l.line, Err: fmt.Errorf("the line is longer than %d bytes", l.limit)}
}

// Texts are the lines that hold anything but blanks, without them.
type Texts struct{ *Lines }

// Next is the next such line. It fails as a [Cutter] does.
func (t Texts) Next() (Piece, error) {
	for {
		p, err := t.Lines.Next()
		if err != nil {
			return p, err
		}
		if p.Text = bytes.TrimSpace(p.Text); len(p.Text) > 0 {
			return p, nil
		}
	}
}
