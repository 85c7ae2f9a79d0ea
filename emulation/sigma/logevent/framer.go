package logevent

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxJSONDepth bounds nesting; logs stay below twenty.
const maxJSONDepth = 500

// framer cuts a stream into the texts of JSON objects without decoding them. A
// record may run over many lines, but a line that cannot be part of it (an
// object where none can stand) ends it, so that one truncated record does not
// swallow those after it.
type framer struct {
	r     *bufio.Reader
	limit int
	line  int // start of the present record
	lines int // read so far

	rest     []byte // of the present line
	record   []byte // gathered of a record over several lines
	open     []byte // its brackets, innermost last
	last     byte   // its last byte that is no blank
	resync   bool   // after a fault: skip to a line that starts a record
	array    bool   // inside one array around all records
	started  bool
	longLine []byte
}

func newFramer(r io.Reader, limit int) framer {
	return framer{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// next returns the text of a record and the line it starts in. The text is good
// until the next call.
func (f *framer) next() ([]byte, int, error) {
	f.record, f.open = f.record[:0], f.open[:0]
	for {
		if len(f.rest) == 0 {
			if err := f.readLine(); err != nil {
				return nil, 0, err
			}
		}
		if len(f.open) == 0 && !f.begin() {
			continue
		}
		if len(f.open) == 0 {
			bad := f.rest
			f.rest = nil
			return nil, 0, &LineError{f.lines, fmt.Errorf("not a JSON object: %q", excerpt(bad))}
		}
		end, err := f.scan()
		if err != nil {
			return nil, 0, err
		}
		if end >= 0 {
			text := f.rest[:end]
			f.rest = f.rest[end:]
			if len(f.record) > 0 {
				f.record = append(f.record, text...)
				text = f.record
			}
			return text, f.line, nil
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
func (f *framer) begin() bool {
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
		f.line = f.lines
		f.open = append(f.open, 'o')
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
func (f *framer) scan() (int, error) {
	b := f.rest
	i := 0
	if len(f.record) == 0 {
		i = 1 // the opening bracket was taken by begin
	} else if first := bytes.TrimLeft(b, " \t"); len(first) == len(b) && len(b) > 0 && b[0] == '{' && !f.objectAllowed() {
		return 0, f.skipRecord(errors.New("the record is incomplete"), false)
	}
	if len(f.record)+len(b) > f.limit {
		return 0, f.skipRecord(fmt.Errorf("the record is longer than %d bytes", f.limit), true)
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
			if len(f.open) >= maxJSONDepth {
				return 0, f.skipRecord(fmt.Errorf("nested deeper than %d levels", maxJSONDepth), true)
			}
			f.open = append(f.open, map[byte]byte{'{': 'o', '[': 'a'}[c])
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
func (f *framer) objectAllowed() bool {
	if f.open[len(f.open)-1] == 'a' {
		return f.last == '[' || f.last == ','
	}
	// A whole object at the start of a line is the next record rather than the
	// value of a key that stands alone at the end of the line before.
	return f.last == ':' && !wholeObject(f.rest)
}

// skipRecord gives the present record up; drop says that the present line belongs to
// it.
func (f *framer) skipRecord(err error, drop bool) error {
	if drop {
		f.rest = nil
	}
	f.resync = true
	f.open = f.open[:0]
	return &LineError{f.line, err}
}

// readLine gets the next line. One beyond the limit is read to its end and
// thrown away.
func (f *framer) readLine() error {
	if f.lines == 0 {
		f.r = asUTF8(f.r)
	}
	f.lines++
	chunk, err := f.r.ReadSlice('\n')
	if f.lines == 1 {
		chunk = bytes.TrimPrefix(chunk, []byte("\xef\xbb\xbf"))
	}
	if !errors.Is(err, bufio.ErrBufferFull) {
		f.rest = chunk
		if len(chunk) > 0 && errors.Is(err, io.EOF) {
			return nil
		}
		return f.endOfStream(err)
	}
	f.longLine = append(f.longLine[:0], chunk...)
	for errors.Is(err, bufio.ErrBufferFull) && len(f.longLine) <= f.limit {
		chunk, err = f.r.ReadSlice('\n')
		f.longLine = append(f.longLine, chunk...)
	}
	if len(f.longLine) <= f.limit {
		f.rest = f.longLine
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = f.r.ReadSlice('\n')
	}
	if f.line = f.lines; err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	f.longLine, f.record = nil, nil
	return f.skipRecord(fmt.Errorf("the line is longer than %d bytes", f.limit), true)
}

// endOfStream tells the end of the stream, and a record or array that it cut off.
func (f *framer) endOfStream(err error) error {
	if errors.Is(err, io.EOF) && f.array && len(f.open) == 0 {
		f.array = false
		return &LineError{f.lines - 1, errors.New("the array around the records is not closed")}
	}
	if errors.Is(err, io.EOF) && len(f.open) > 0 {
		return f.skipRecord(errors.New("the record is incomplete"), true)
	}
	return err
}
