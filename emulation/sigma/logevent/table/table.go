package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// Head is what stands above rows.
type Head struct {
	names  []string
	comma  byte
	quotes bool
	// path is that of a log of Zeek; unset and empty are how it writes no value and an
	// empty one, set what parts the elements of a list.
	path, unset, empty, set string
	lists                   []bool // which columns are lists
}

// Cutter cuts a stream into rows, and reads the heads among them. The head of a row is
// in the piece.
type Cutter struct {
	lines *cut.Lines
	head  *Head
	held  []byte
}

// NewCutter cuts lines into rows; the first is the head unless it begins with "#".
func NewCutter(lines *cut.Lines) *Cutter { return &Cutter{lines: lines} }

var errQuote = errors.New("a value in quotes is not closed")

// Next is the next row. It fails as a [cut.Cutter] does.
func (c *Cutter) Next() (cut.Piece, error) {
	for {
		line, err := c.lines.Next()
		if err != nil {
			return cut.Piece{}, err
		}
		text := bytes.TrimRight(line.Text, "\r\n")
		if len(text) == 0 {
			continue
		}
		if text[0] == '#' {
			c.directive(string(text))
			continue
		}
		if c.head == nil {
			c.head = headOf(string(text))
			continue
		}
		if c.head.quotes && bytes.Count(text, quote)%2 == 1 {
			if text, err = c.more(text); err != nil {
				return cut.Piece{}, &logevent.LineError{Line: line.Line, Err: err}
			}
		}
		return cut.Piece{Text: text, Line: line.Line, Of: c.head}, nil
	}
}

var quote = []byte(`"`)

// maxLines is how many lines a row may have.
const maxLines = 1000

// more reads the lines that a value in quotes goes on in.
func (c *Cutter) more(text []byte) ([]byte, error) {
	c.held = append(c.held[:0], text...)
	for range maxLines {
		line, err := c.lines.Next()
		if err != nil {
			return nil, errQuote
		}
		c.held = append(append(c.held, '\n'), bytes.TrimRight(line.Text, "\r\n")...)
		if bytes.Count(line.Text, quote)%2 == 1 {
			return c.held, nil
		}
	}
	return nil, errQuote
}

// directive takes a line of the head of a log of Zeek or the W3C.
func (c *Cutter) directive(line string) {
	zeek := func() *Head {
		h := Head{comma: '\t', unset: "-", empty: "(empty)", set: ","}
		if c.head != nil {
			h = *c.head
		}
		return &h
	}
	if fields, ok := strings.CutPrefix(line, "#Fields:"); ok {
		c.head = &Head{names: strings.Fields(fields), comma: ' ', unset: "-"}
		return
	}
	name, rest, _ := strings.Cut(line, "\t")
	if sep, ok := strings.CutPrefix(line, "#separator "); ok {
		c.head = nil
		if c.head = zeek(); strings.TrimSpace(sep) != `\x09` && len(strings.TrimSpace(sep)) == 1 {
			c.head.comma = strings.TrimSpace(sep)[0]
		}
		return
	}
	h := zeek()
	switch name {
	case "#path":
		h.path = rest
	case "#unset_field":
		h.unset = rest
	case "#empty_field":
		h.empty = rest
	case "#set_separator":
		h.set = rest
	case "#fields":
		h.names = strings.Split(rest, "\t")
	case "#types":
		h.lists = nil
		for _, kind := range strings.Split(rest, "\t") {
			h.lists = append(h.lists, strings.HasPrefix(kind, "set[") || strings.HasPrefix(kind, "vector["))
		}
	default:
		return
	}
	c.head = h
}

// IsHead says that a line is the head of a CSV file and the next has as many values.
func IsHead(first, second string) bool {
	h := headOf(first)
	if len(h.names) < 3 {
		return false
	}
	for _, name := range h.names {
		if name == "" || len(name) > 80 || strings.ContainsAny(name, "{}<>=") {
			return false
		}
	}
	return second == "" || len(split(second, h.comma, true)) == len(h.names) || strings.Count(second, `"`)%2 == 1
}

// headOf reads the head of a CSV file; what parts its names parts the values too.
func headOf(line string) *Head {
	h := &Head{comma: ',', quotes: true}
	for _, comma := range []byte{'\t', ';', '|'} {
		if strings.IndexByte(line, comma) >= 0 && strings.Count(line, string(comma)) > strings.Count(line, string(h.comma)) {
			h.comma = comma
		}
	}
	h.names = split(line, h.comma, true)
	for i := range h.names {
		h.names[i] = strings.TrimSpace(h.names[i])
	}
	return h
}

// Row is the record of a row. It fails where it has more values than the head has names.
func (h *Head) Row(parser *record.Parser, text string) (record.Value, error) {
	values := split(text, h.comma, h.quotes)
	if len(values) > len(h.names) {
		return record.Value{}, fmt.Errorf("%d values under a head of %d names", len(values), len(h.names))
	}
	members := make([]record.Member, 0, len(values)+1)
	if h.path != "" {
		members = append(members, record.Member{Name: "_path", Value: record.OfText(h.path)})
	}
	for i, value := range values {
		switch {
		case h.unset != "" && value == h.unset:
			continue
		case h.empty != "" && value == h.empty:
			value = ""
		}
		m := record.Member{Name: h.names[i], Value: record.OfText(value)}
		if i < len(h.lists) && h.lists[i] {
			m.Value = record.Value{Kind: record.List}
			for element := range strings.SplitSeq(value, h.set) {
				m.Members = append(m.Members, record.Member{Value: record.OfText(element)})
			}
		}
		members = append(members, m)
	}
	return record.Value{Kind: record.Object, Members: parser.Keep(members)}, nil
}

// split splits a row. In quotes, what parts values stands for itself, and two quotes
// for one.
func split(s string, comma byte, quotes bool) []string {
	out := make([]string, 0, strings.Count(s, string(comma))+1)
	for {
		if !quotes || !strings.HasPrefix(s, `"`) {
			end := strings.IndexByte(s, comma)
			if end < 0 {
				return append(out, s)
			}
			out = append(out, s[:end])
			s = s[end+1:]
			continue
		}
		var b strings.Builder
		i := 1
		for i < len(s) {
			if s[i] == '"' {
				if i+1 >= len(s) || s[i+1] != '"' {
					break
				}
				i++
			}
			b.WriteByte(s[i])
			i++
		}
		out = append(out, b.String())
		s = s[min(i+1, len(s)):]
		end := strings.IndexByte(s, comma)
		if end < 0 {
			return out
		}
		s = s[end+1:]
	}
}
