package reader

import (
	"bufio"
	"bytes"
	"errors"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/auditd"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/eventxml"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/evtx"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/shape"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/table"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/textline"
)

// format is a format that an input may be in.
type format struct {
	name string
	// is tells it by the first bytes of the input, or all if there are few.
	is     func(h head) bool
	cutter func(in *bufio.Reader, limit int) cut.Cutter
	decode func(d *decoder, p cut.Piece) error
}

// formats are those that are read; the first that fits counts.
var formats = []format{
	{"EVTX", func(h head) bool { return strings.HasPrefix(h.text, evtx.Magic) }, func(in *bufio.Reader, _ int) cut.Cutter { return evtx.NewCutter(in) }, decodeEVTX},
	{"syslog", func(h head) bool { return h.text[0] == '<' && textline.IsSyslog(h.first) }, lines, decodeSyslog},
	{"XML", func(h head) bool { return h.text[0] == '<' && !isWebPage(h.text) }, func(in *bufio.Reader, limit int) cut.Cutter { return eventxml.NewCutter(in, limit) }, decodeXML},
	{"table", func(h head) bool { return h.text[0] == '#' && isTable(h.first) }, rows, decodeRow},
	{"JSON", func(h head) bool { return h.text[0] == '{' || h.text[0] == '[' }, objects, decodeJSON},
	{"auditd", func(h head) bool { return auditd.IsRecord(h.first) && isAuditd(h.first) }, func(in *bufio.Reader, limit int) cut.Cutter {
		return auditd.NewCutter(cut.NewLines(in, limit))
	}, decodeAuditd},
	{"syslog", func(h head) bool { return textline.IsSyslog(h.first) }, lines, decodeSyslog},
	{"JSON after something else", func(h head) bool { return h.laterJSON }, objects, decodeJSON},
	{"names and values", func(h head) bool { return textline.IsKeyValue(h.first) }, lines, decodeKeyValue},
	{"CSV", func(h head) bool { return table.IsHead(h.first, h.second) }, rows, decodeRow},
}

// plainText is what an input that is in no format is read as, if its log source is
// given: each line is an event without fields, which keyword rules search.
var plainText = format{"text", nil, lines, decodeText}

// head is what an input begins with.
type head struct {
	text          string // after blanks; never empty
	first, second string // its first lines
	laterJSON     bool   // a later line begins as JSON does
}

func headOf(raw []byte) (h head, ok bool) {
	h.text = strings.TrimLeft(string(raw), " \t\r\n")
	if h.text == "" {
		return h, false
	}
	n := 0
	for line := range strings.Lines(h.text) {
		line = strings.TrimSpace(line)
		switch n {
		case 0:
			h.first = line
		case 1:
			h.second = line
		}
		h.laterJSON = h.laterJSON || beginsJSON(line)
		n++
	}
	return h, true
}

// beginsJSON says that a line begins as an object does, or a list of them.
func beginsJSON(line string) bool {
	if line == "" || line[0] != '{' && line[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(line[1:], " \t")
	return rest == "" || line[0] == '{' && (rest[0] == '"' || rest[0] == '}') || line[0] == '[' && (rest[0] == '{' || rest[0] == ']')
}

// isAuditd says that no other format is around a record of auditd.
func isAuditd(line string) bool {
	return strings.HasPrefix(line, "type=") || strings.HasPrefix(line, "node=") || strings.HasPrefix(line, "audispd: ") || strings.HasPrefix(line, "audit: ")
}

// isTable says that a line is of the head of a log of Zeek or of the W3C's format.
func isTable(line string) bool {
	for _, name := range [...]string{"#separator", "#set_separator", "#path", "#fields\t", "#Fields:", "#Software:", "#Version:"} {
		if strings.HasPrefix(line, name) {
			return true
		}
	}
	return false
}

func lines(in *bufio.Reader, limit int) cut.Cutter {
	return cut.Texts{Lines: cut.NewLines(in, limit)}
}

func objects(in *bufio.Reader, limit int) cut.Cutter {
	return cut.NewJSON(cut.NewLines(in, limit))
}

func rows(in *bufio.Reader, limit int) cut.Cutter {
	return table.NewCutter(cut.NewLines(in, limit))
}

func decodeJSON(d *decoder, p cut.Piece) error {
	v, err := d.parser.JSON(p.Text)
	if err != nil {
		return err
	}
	return d.record(&v)
}

func decodeEVTX(d *decoder, p cut.Piece) error {
	if d.evtx == nil {
		d.evtx = evtx.NewReader(d.parser)
	}
	return d.evtx.Chunk(p.Text, d.record)
}

func decodeXML(d *decoder, p cut.Piece) error {
	v, err := eventxml.Parse(d.parser, p.Text)
	if err != nil {
		return err
	}
	return d.record(&v)
}

// text is a piece in UTF-8; what is not valid becomes U+FFFD, as logs of text are in
// whatever encoding a program had.
func text(p cut.Piece) string { return string(bytes.ToValidUTF8(p.Text, []byte("\uFFFD"))) }

func decodeAuditd(d *decoder, p cut.Piece) error {
	v, err := auditd.Parse(text(p))
	if err != nil {
		return err
	}
	return d.record(&v)
}

var (
	errSyslog   = errors.New("not a line of syslog")
	errKeyValue = errors.New("not a line of names and values")
)

func decodeSyslog(d *decoder, p cut.Piece) error {
	line := text(p)
	v, ok := textline.Syslog(line)
	if !ok {
		return errSyslog
	}
	if of, ok := textline.KeyValue(v.Said("message")); ok && shape.IsKnown(&of) { // as FortiGate writes it
		return d.record(&of)
	}
	return d.record(&v)
}

func decodeKeyValue(d *decoder, p cut.Piece) error {
	v, ok := textline.KeyValue(text(p))
	if !ok {
		return errKeyValue
	}
	return d.record(&v)
}

func decodeRow(d *decoder, p cut.Piece) error {
	v, err := p.Of.(*table.Head).Row(d.parser, text(p))
	if err != nil {
		return err
	}
	return d.record(&v)
}

func decodeText(d *decoder, p cut.Piece) error {
	d.add(&logevent.Event{Fields: map[string]any{}, LogSources: d.shapes.LogSources, Raw: text(p)})
	return nil
}

// record takes a record that was decoded.
func (d *decoder) record(v *record.Value) error { return d.shapes.Events(v, shape.Around{}, d.add) }
