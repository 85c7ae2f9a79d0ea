package cut

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// JSON cuts a stream into the texts of JSON objects without decoding them. A record
// may run over many lines, but a line that cannot be part of it (an object where none
// can stand) ends it, so that one truncated record does not swallow those after it.
type JSON struct {
	lines *Lines
	line  int // start of the present record

	rest    []byte // of the present line
	record  []byte // gathered of a record over several lines
	open    []byte // its brackets, innermost last
	last    byte   // its last byte that is no blank
	resync  bool   // after a fault: skip to a line that starts a record
	array   bool   // inside one array around all records
	started bool
}

// NewJSON cuts lines into records of at most as many bytes as a line may have.
func NewJSON(lines *Lines) *JSON { return &JSON{lines: lines} }

// Next is the text of the next record. It fails as a [Cutter] does.
func (f *JSON) Next() (Piece, error) {
	f.record, f.open = f.record[:0], f.open[:0]
	for {
		if len(f.rest) == 0 {
			if err := f.readLine(); err != nil {
				return Piece{}, err
			}
		}
		if len(f.open) == 0 && !f.begin() {
			continue
		}
		if len(f.open) == 0 {
			bad := f.rest
			f.rest = nil
			return Piece{}, &logevent.LineError{Line: f.lines.line, Err: fmt.Errorf("not a JSON object: %q", excerpt(bad))}
		}
		end, err := f.scan()
		if err != nil {
			return Piece{}, err
		}
		if end >= 0 {
			text := f.rest[:end]
			f.rest = f.rest[end:]
			if len(f.record) > 0 {
				f.record = append(f.record, text...)
				text = f.record
			}
			return Piece{Text: text, Line: f.line}, nil
		}
		f.record = append(f.record, f.rest...)
		f.rest = nil
	}
}

func excerpt(b []byte) string {
	b = bytes.TrimSpace(b)
	return string(b[:min(len(b), 40)])
}

// begin moves to the first byte of a record; false means the line holds none.
// If it holds something else, the open brackets stay empty.
func (f *JSON) begin() bool {
	column := len(f.rest)
	f.rest = bytes.TrimLeft(f.rest, " \t\r\n")
	if !f.started && len(f.rest) > 0 {
		f.started = true
		if f.rest[0] == '[' {
			f.array = true
			f.rest = f.rest[1:]
			return false
		}
	}
	if f.array {
		f.rest = bytes.TrimLeft(f.rest, " \t\r\n,")
		if len(f.rest) > 0 && f.rest[0] == ']' {
			f.array, f.started = false, false
			f.rest = f.rest[1:]
			return false
		}
	}
	if len(f.rest) == 0 {
		return false
	}
	if f.rest[0] == '{' && (!f.resync || f.array || column == len(f.rest)) {
		f.resync = false
		f.line = f.lines.line
		f.open = append(f.open, '{')
		f.last = '{'
		return true
	}
	if f.resync {
		f.rest = nil
		return false
	}
	return true
}

// scan goes through the present line; it returns the end of the record or -1 if
// it goes on in the next line.
func (f *JSON) scan() (int, error) {
	b := f.rest
	i := 0
	if len(f.record) == 0 {
		i = 1 // the opening bracket was taken by begin
	} else if first := bytes.TrimLeft(b, " \t"); len(first) == len(b) && len(b) > 0 && b[0] == '{' && !f.objectAllowed() {
		return 0, f.skipRecord(errors.New("the record is incomplete"), false)
	}
	if len(f.record)+len(b) > f.lines.limit {
		return 0, f.skipRecord(fmt.Errorf("the record is longer than %d bytes", f.lines.limit), true)
	}
	for i < len(b) {
		c := b[i]
		i++
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '"':
			n := stringEnd(b[i:])
			if n < 0 {
				return 0, f.skipRecord(errors.New("a string is not closed"), true)
			}
			i += n
		case '{', '[':
			if len(f.open) >= record.MaxDepth {
				return 0, f.skipRecord(fmt.Errorf("nested deeper than %d levels", record.MaxDepth), true)
			}
			f.open = append(f.open, c)
		case '}', ']':
			if f.open = f.open[:len(f.open)-1]; len(f.open) == 0 {
				return i, nil
			}
		}
		f.last = c
	}
	return -1, nil
}

// objectAllowed says whether an object may stand after what was read.
func (f *JSON) objectAllowed() bool {
	if f.open[len(f.open)-1] == '[' {
		return f.last == '[' || f.last == ','
	}
	// A whole object at the start of a line is the next record rather than the
	// value of a key that stands alone at the end of the line before.
	return f.last == ':' && !wholeObject(f.rest)
}

// skipRecord gives the present record up; drop says that the present line belongs to
// it.
func (f *JSON) skipRecord(err error, drop bool) error {
	if drop {
		f.rest = nil
	}
	f.resync = true
	f.open = f.open[:0]
	return &logevent.LineError{Line: f.line, Err: err}
}

// readLine gets the next line.
func (f *JSON) readLine() error {
	p, err := f.lines.Next()
	f.rest = p.Text
	if _, long := errors.AsType[*logevent.LineError](err); long {
		f.record, f.resync, f.open = nil, true, f.open[:0]
		return err
	}
	return f.endOfStream(err)
}

// endOfStream tells the end of the stream, and a record or array that it cut off.
func (f *JSON) endOfStream(err error) error {
	if errors.Is(err, io.EOF) && f.array && len(f.open) == 0 {
		f.array = false
		return &logevent.LineError{Line: f.lines.line, Err: errors.New("the array around the records is not closed")}
	}
	if errors.Is(err, io.EOF) && len(f.open) > 0 {
		return f.skipRecord(errors.New("the record is incomplete"), true)
	}
	return err
}
