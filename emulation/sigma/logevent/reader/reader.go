package reader

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/evtx"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/shape"
	"github.com/ringer-lab/ringer/emulation/userfile"
)

// Options change how an input is read.
type Options struct {
	shape.Given
	// MaxRecord is the most bytes that a record may have; a longer one is skipped
	// without being held in memory. 0 means DefaultMaxRecord.
	MaxRecord int
	// Workers is how many pieces of the input are decoded at a time. With 1 or less all
	// is done by the goroutine that calls Next.
	Workers int
}

// DefaultMaxRecord is the most bytes that a record may have.
const DefaultMaxRecord = 32 << 20

// Reader reads the events of one input. It must be used by one goroutine at a time, and
// closed.
type Reader struct {
	in      *bufio.Reader
	options Options
	pieces  cut.Cutter
	format  *format

	to    *decoder // where pieces are decoded one by one
	ahead *ahead   // or several at a time
	ready []item
	line  int
}

// item is an event, or what was skipped.
type item struct {
	event *logevent.Event
	err   error
	line  int
}

// New reads from in.
func New(in io.Reader, options Options) *Reader {
	if options.MaxRecord == 0 {
		options.MaxRecord = DefaultMaxRecord
	}
	return &Reader{in: bufio.NewReaderSize(in, 64<<10), options: options}
}

// Next is the next event. It fails with io.EOF at the end, a *logevent.LineError for a
// record that was skipped, after which it goes on, a *FormatError if the input is in no
// format that is read, or what the input failed with.
func (r *Reader) Next() (*logevent.Event, error) {
	for len(r.ready) == 0 {
		var err error
		if r.options.Workers > 1 {
			r.ready, err = r.decodedAhead()
		} else {
			r.ready, err = r.decoded(r.ready)
		}
		if err != nil {
			return nil, err
		}
	}
	next := r.ready[0]
	r.ready = r.ready[1:]
	r.line = next.line
	return next.event, next.err
}

// decoded decodes the next piece into the given memory.
func (r *Reader) decoded(items []item) ([]item, error) {
	if r.pieces == nil {
		if err := r.open(); err != nil {
			return nil, err
		}
		r.to = newDecoder(r.options)
	}
	piece, err := r.pieces.Next()
	if err != nil {
		return nil, err
	}
	return r.to.decode(r.format, piece, items[:0]), nil
}

// Line is that of the record which Next returned last.
func (r *Reader) Line() int { return r.line }

func (r *Reader) open() error {
	r.in = asUTF8(r.in)
	if mark, _ := r.in.Peek(len(byteOrderMark)); bytes.Equal(mark, byteOrderMark) {
		_, _ = r.in.Discard(len(byteOrderMark))
	}
	// What is there already: a pipe may have no more to say for long.
	if _, err := r.in.Peek(1); err != nil {
		return err
	}
	raw, _ := r.in.Peek(r.in.Buffered())
	h, ok := headOf(raw)
	if !ok {
		return r.skipBlanks()
	}
	if is := magicOf(raw); is != "" {
		return &FormatError{Is: is}
	}
	for i := range formats {
		if formats[i].is(h) {
			return r.use(&formats[i])
		}
	}
	if len(r.options.LogSources) > 0 && !isBinary(raw) {
		return r.use(&plainText)
	}
	return &FormatError{Is: whatIs(raw)}
}

func (r *Reader) use(f *format) error {
	r.format, r.pieces = f, f.cutter(r.in, r.options.MaxRecord)
	return nil
}

// skipBlanks passes over blanks until there is something else, or nothing.
func (r *Reader) skipBlanks() error {
	_, err := r.in.Discard(r.in.Buffered())
	if err != nil {
		return err
	}
	return r.open()
}

// decoder decodes pieces. It must be used by one goroutine at a time.
type decoder struct {
	parser *record.Parser
	shapes shape.Reader
	evtx   *evtx.Reader // if it decodes such
	items  []item
	line   int
}

func newDecoder(options Options) *decoder {
	parser := &record.Parser{}
	return &decoder{parser: parser, shapes: shape.Reader{Given: options.Given, Parser: parser}}
}

func (d *decoder) add(e *logevent.Event) { d.items = append(d.items, item{event: e, line: d.line}) }

// decode appends what a piece holds.
func (d *decoder) decode(f *format, p cut.Piece, items []item) []item {
	d.items, d.line = items, p.Line
	d.parser.Reset()
	if err := f.decode(d, p); err != nil {
		d.items = append(d.items, item{err: &logevent.LineError{Line: p.Line, Err: err}, line: p.Line})
	}
	return d.items
}

// All reads all events of a text. It goes on past a record that cannot be read; each
// error tells of one that was skipped.
func All(src []byte) ([]*logevent.Event, []*logevent.LineError) {
	r := New(bytes.NewReader(src), Options{})
	var events []*logevent.Event
	var skipped []*logevent.LineError
	for {
		e, err := r.Next()
		bad, ok := errors.AsType[*logevent.LineError](err)
		switch {
		case err == nil:
			events = append(events, e)
		case ok:
			skipped = append(skipped, bad)
		case errors.Is(err, io.EOF):
			return events, skipped
		default: // in no format that is read
			return events, append(skipped, &logevent.LineError{Line: 1, Err: err})
		}
	}
}

// maxRecording is the most bytes that a recording may have, as it is read as a whole.
const maxRecording = 64 << 20

// ReadFile reads the events of a recording of which is known what rules are to be
// asked: the log source of records that are not known is not checked. Each line of a
// .raw or .log file is an event without fields, which keyword rules search. It fails
// where the file cannot be read, and at the first record that cannot be.
func ReadFile(fsys fs.FS, name string) ([]*logevent.Event, error) {
	src, err := userfile.ReadFS(fsys, name, maxRecording)
	if err != nil {
		return nil, fmt.Errorf("read recording: %w", err)
	}
	var events []*logevent.Event
	if ext := path.Ext(name); ext == ".raw" || ext == ".log" {
		for line := range strings.Lines(string(src)) {
			if line = strings.TrimSpace(line); line != "" {
				events = append(events, &logevent.Event{Raw: line})
			}
		}
		return events, nil
	}
	r := New(bytes.NewReader(src), Options{})
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read recording %s: %w", path.Base(name), err)
		}
		if len(e.LogSources) == 0 {
			e.LogSources = nil
		}
		events = append(events, e)
	}
}
