package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
	"unsafe"

	"github.com/go-json-experiment/json/jsontext"
)

// Parser reads JSON texts and owns the memory of the values that it made: after
// [Parser.Reset] none of them, but any of their texts may still be used. It must be
// used by one goroutine at a time.
type Parser struct {
	json *jsontext.Decoder
	open []Member // of the objects and lists that are being read
	kept []Member
	// texts has the texts of one record, which are parts of it.
	texts []byte
}

// Reset lets the memory of all values be used again.
func (p *Parser) Reset() { p.kept = p.kept[:0] }

// Keep copies members to where they stay until the next Reset.
func (p *Parser) Keep(members []Member) []Member {
	if len(members) > cap(p.kept)-len(p.kept) {
		p.kept = make([]Member, 0, max(64, len(members)))
	}
	from := len(p.kept)
	p.kept = append(p.kept, members...)
	return p.kept[from:len(p.kept):len(p.kept)]
}

// MaxDepth is how deep a record may be nested; logs stay below twenty.
const MaxDepth = 500

// lenient takes a name that comes twice, and half of a surrogate, which Windows has in
// names of files.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

var errNested = fmt.Errorf("nested deeper than %d levels", MaxDepth)

// JSON reads one JSON text. It fails if it is none, is nested too deep, or is not in
// UTF-8.
func (p *Parser) JSON(text []byte) (Value, error) {
	if !utf8.Valid(text) {
		return Value{}, errors.New("invalid UTF-8")
	}
	in := bytes.NewBuffer(text)
	if p.json == nil {
		p.json = jsontext.NewDecoder(in, lenient...)
	} else {
		p.json.Reset(in, lenient...)
	}
	p.open, p.texts = p.open[:0], make([]byte, 0, len(text))
	v, err := p.value(0)
	if err == nil {
		_, err = p.json.ReadToken()
		if err == nil {
			return v, errors.New("something stands after it")
		}
		if errors.Is(err, io.EOF) {
			return v, nil
		}
	}
	if bad, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		err = fmt.Errorf("byte %d: %w", bad.ByteOffset+1, bad.Err)
	}
	return Value{}, err
}

func (p *Parser) value(depth int) (Value, error) {
	switch kind := p.json.PeekKind(); kind {
	case '{', '[':
		return p.composite(kind, depth)
	case '"':
		raw, err := p.json.ReadValue()
		return Value{Kind: Text, Text: p.text(raw)}, err
	case '0':
		raw, err := p.json.ReadValue()
		return Value{Kind: Number, Text: p.keep(raw)}, err
	case 't', 'f':
		raw, err := p.json.ReadValue()
		return Value{Kind: Bool, Text: p.keep(raw)}, err
	default:
		_, err := p.json.ReadToken()
		return Value{}, err
	}
}

func (p *Parser) composite(kind jsontext.Kind, depth int) (Value, error) {
	if depth == MaxDepth {
		return Value{}, errNested
	}
	if _, err := p.json.ReadToken(); err != nil {
		return Value{}, err
	}
	v, end := Value{Kind: Object}, jsontext.Kind('}')
	if kind == '[' {
		v.Kind, end = List, ']'
	}
	from := len(p.open)
	for p.json.PeekKind() != end {
		var m Member
		if kind == '{' {
			raw, err := p.json.ReadValue()
			if err != nil {
				return v, err
			}
			m.Name = p.text(raw)
		}
		inner, err := p.value(depth + 1)
		if err != nil {
			return v, err
		}
		m.Value = inner
		p.open = append(p.open, m)
	}
	v.Members = p.Keep(p.open[from:])
	p.open = p.open[:from]
	_, err := p.json.ReadToken()
	return v, err
}

// text is what a JSON string says.
func (p *Parser) text(raw []byte) string {
	if len(raw) < 2 {
		return ""
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return p.keep(raw[1 : len(raw)-1])
	}
	from := len(p.texts)
	p.texts, _ = jsontext.AppendUnquote(p.texts, raw) // it was read as one
	return p.since(from)
}

func (p *Parser) keep(raw []byte) string {
	from := len(p.texts)
	p.texts = append(p.texts, raw...)
	return p.since(from)
}

// since is what was added to the texts, which only ever grow.
func (p *Parser) since(from int) string {
	if from == len(p.texts) {
		return ""
	}
	return unsafe.String(&p.texts[from], len(p.texts)-from)
}
