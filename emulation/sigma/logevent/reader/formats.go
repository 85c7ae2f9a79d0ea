package reader

import (
	"bufio"
	"bytes"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/eventxml"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/shape"
)

// decode decodes a piece into events.
type decode func(d *decoder, p cut.Piece) error

// format is a format that an input may be in.
type format struct {
	name string
	// is tells it by the first bytes of the input, or all if there are few.
	is   func(head []byte) bool
	open func(in *bufio.Reader, limit int) (cut.Cutter, decode)
}

// formats are those that are read; the first that fits counts.
var formats = []format{
	{"XML", begins("<"), func(in *bufio.Reader, limit int) (cut.Cutter, decode) {
		return eventxml.NewCutter(in, limit), decodeXML
	}},
	{"JSON", isJSON, func(in *bufio.Reader, limit int) (cut.Cutter, decode) {
		return cut.NewJSON(cut.NewLines(in, limit)), decodeJSON
	}},
}

// begins asks for a text that begins with one of the words, after blanks.
func begins(words ...string) func(head []byte) bool {
	return func(head []byte) bool {
		head = bytes.TrimLeft(head, " \t\r\n")
		for _, w := range words {
			if bytes.HasPrefix(head, []byte(w)) {
				return true
			}
		}
		return false
	}
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// isJSON asks for a line that begins as an object or array does. It need not be the
// first: what stands before it is reported as broken.
func isJSON(head []byte) bool {
	for line := range bytes.Lines(head) {
		line = bytes.TrimLeft(line, " \t\r\n")
		if len(line) > 0 && (line[0] == '{' || line[0] == '[') {
			return true
		}
	}
	return false
}

func decodeJSON(d *decoder, p cut.Piece) error {
	v, err := d.parser.JSON(p.Text)
	if err != nil {
		return err
	}
	return d.record(&v, shape.Around{})
}

func decodeXML(d *decoder, p cut.Piece) error {
	v, err := eventxml.Parse(d.parser, p.Text)
	if err != nil {
		return err
	}
	return d.record(&v, shape.Around{})
}
