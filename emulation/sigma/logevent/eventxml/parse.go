package eventxml

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
	"unsafe"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// The names under which a tree has what XML parts from an element's children.
const (
	Attributes = "#attributes"
	Content    = "#text"
)

// maxDepth is how deep elements may be nested; events stay below eight.
const maxDepth = 64

// parser reads one text. There are no document types, so no entities but the five
// that XML has, and nothing that grows.
type parser struct {
	*record.Parser
	in   []byte
	at   int
	text []byte // what elements and attributes hold, each a part of it
}

// Parse reads the first element of a text, and what stands before it, into an object
// with that element as its member. Lists are made of elements that come several times.
// It fails where the text is no XML, declares a document type, is nested too deep, or
// is not in UTF-8.
func Parse(into *record.Parser, in []byte) (record.Value, error) {
	if !utf8.Valid(in) {
		return record.Value{}, errors.New("invalid UTF-8")
	}
	p := &parser{Parser: into, in: in, text: make([]byte, 0, len(in))}
	for {
		start := bytes.IndexByte(p.in[p.at:], '<')
		if start < 0 {
			return record.Value{}, errors.New("no element")
		}
		p.at += start
		skipped, err := p.skip()
		if err != nil {
			return record.Value{}, err
		}
		if skipped {
			continue
		}
		m, err := p.element(0)
		if err != nil {
			return record.Value{}, fmt.Errorf("byte %d: %w", p.at+1, err)
		}
		return record.Value{Kind: record.Object, Members: p.Keep([]record.Member{m})}, nil
	}
}

var (
	errCut  = errors.New("the XML is incomplete")
	errType = errors.New("a document type is declared")
)

// skip passes over a comment or processing instruction.
func (p *parser) skip() (bool, error) {
	rest := p.in[p.at:]
	for _, of := range [...]struct{ start, end string }{{"<!--", "-->"}, {"<?", "?>"}} {
		if bytes.HasPrefix(rest, []byte(of.start)) {
			end := bytes.Index(rest, []byte(of.end))
			if end < 0 {
				return false, errCut
			}
			p.at += end + len(of.end)
			return true, nil
		}
	}
	if bytes.HasPrefix(rest, []byte("<!D")) {
		return false, errType
	}
	return false, nil
}

// element reads what starts with "<" and a name.
func (p *parser) element(depth int) (record.Member, error) {
	if depth == maxDepth {
		return record.Member{}, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	p.at++
	m := record.Member{Name: p.name()}
	if m.Name == "" {
		return m, errors.New("expected the name of an element")
	}
	var own [8]record.Member
	children := own[:0]
	attributes, closed, err := p.attributes()
	if err != nil {
		return m, err
	}
	if len(attributes) > 0 {
		children = append(children, record.Member{Name: Attributes, Value: record.Value{Kind: record.Object, Members: attributes}})
	}
	if closed {
		m.Value = p.valueOf(children, "", true)
		return m, nil
	}
	text := ""
	for {
		next := bytes.IndexByte(p.in[p.at:], '<')
		if next < 0 {
			return m, errCut
		}
		part, err := p.decoded(p.in[p.at : p.at+next])
		if err != nil {
			return m, err
		}
		text, p.at = joined(text, part), p.at+next
		rest := p.in[p.at:]
		switch {
		case bytes.HasPrefix(rest, []byte("</")):
			p.at += 2
			if name := p.name(); name != m.Name {
				return m, fmt.Errorf("%s is closed as %s", m.Name, name)
			}
			end := bytes.IndexByte(p.in[p.at:], '>')
			if end < 0 {
				return m, errCut
			}
			p.at += end + 1
			if name := dataName(m.Name, children); name != "" {
				return record.Member{Name: name, Value: record.OfText(text)}, nil
			}
			m.Value = p.valueOf(children, text, false)
			return m, nil
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			end := bytes.Index(rest, []byte("]]>"))
			if end < 0 {
				return m, errCut
			}
			text = joined(text, p.keep(rest[len("<![CDATA["):end]))
			p.at += end + len("]]>")
		default:
			if skipped, err := p.skip(); err != nil || skipped {
				if err != nil {
					return m, err
				}
				continue
			}
			child, err := p.element(depth + 1)
			if err != nil {
				return m, err
			}
			children = add(children, child)
		}
	}
}

// dataName is the name that a Data element has as its only attribute; what it holds
// goes under that.
func dataName(element string, children []record.Member) string {
	if element != "Data" || len(children) != 1 || children[0].Name != Attributes || len(children[0].Members) != 1 || children[0].Members[0].Name != "Name" {
		return ""
	}
	return children[0].Members[0].Text
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + b
}

// add adds a child; those of one name become a list.
func add(children []record.Member, child record.Member) []record.Member {
	for i := range children {
		if children[i].Name != child.Name {
			continue
		}
		if children[i].Kind != record.List {
			children[i].Value = record.Value{Kind: record.List, Members: []record.Member{{Value: children[i].Value}}}
		}
		children[i].Members = append(children[i].Members, record.Member{Value: child.Value})
		return children
	}
	return append(children, child)
}

// valueOf is an element with those attributes and children around that text.
func (p *parser) valueOf(children []record.Member, text string, empty bool) record.Value {
	elements := len(children) > 0 && (len(children) > 1 || children[0].Name != Attributes)
	switch {
	case len(children) == 0 && empty:
		return record.Value{}
	case len(children) == 0:
		return record.OfText(text)
	case !elements && !empty:
		children = append(children, record.Member{Name: Content, Value: record.OfText(text)})
	}
	return record.Value{Kind: record.Object, Members: p.Keep(children)}
}

// attributes reads up to and with the end of the tag.
func (p *parser) attributes() (all []record.Member, closed bool, err error) {
	var own [4]record.Member
	all = own[:0]
	for {
		p.blanks()
		switch rest := p.in[p.at:]; {
		case len(rest) == 0:
			return nil, false, errCut
		case rest[0] == '>':
			p.at++
			return p.Keep(all), false, nil
		case bytes.HasPrefix(rest, []byte("/>")):
			p.at += 2
			return p.Keep(all), true, nil
		}
		name := p.name()
		p.blanks()
		if name == "" || p.at >= len(p.in) || p.in[p.at] != '=' {
			return nil, false, errors.New("expected an attribute")
		}
		p.at++
		p.blanks()
		if p.at >= len(p.in) || p.in[p.at] != '"' && p.in[p.at] != '\'' {
			return nil, false, errors.New("expected an attribute's value in quotes")
		}
		end := bytes.IndexByte(p.in[p.at+1:], p.in[p.at])
		if end < 0 {
			return nil, false, errCut
		}
		text, err := p.decoded(p.in[p.at+1 : p.at+1+end])
		if err != nil {
			return nil, false, err
		}
		p.at += end + 2
		all = append(all, record.Member{Name: name, Value: record.OfText(text)})
	}
}

func (p *parser) blanks() {
	for p.at < len(p.in) && (p.in[p.at] == ' ' || p.in[p.at] == '\n' || p.in[p.at] == '\t' || p.in[p.at] == '\r') {
		p.at++
	}
}

// name reads a name and leaves its namespace out.
func (p *parser) name() string {
	from := p.at
	for p.at < len(p.in) {
		switch c := p.in[p.at]; c {
		case ' ', '\n', '\t', '\r', '>', '/', '=', '<', '"', '\'':
			return p.keep(p.in[from:p.at])
		case ':':
			from = p.at + 1
		}
		p.at++
	}
	return p.keep(p.in[from:p.at])
}

// decoded is a text with what its entities stand for.
func (p *parser) decoded(raw []byte) (string, error) {
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 {
		return p.keep(raw), nil
	}
	from := len(p.text)
	for ; amp >= 0; amp = bytes.IndexByte(raw, '&') {
		p.text = append(p.text, raw[:amp]...)
		end := bytes.IndexByte(raw[amp:], ';')
		if end < 0 {
			return "", errors.New("an entity has no end")
		}
		r, ok := entity(string(raw[amp+1 : amp+end]))
		if !ok {
			return "", fmt.Errorf("unknown entity %q", raw[amp:amp+min(end+1, 12)])
		}
		p.text = utf8.AppendRune(p.text, r)
		raw = raw[amp+end+1:]
	}
	p.text = append(p.text, raw...)
	return p.since(from), nil
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil
}

func (p *parser) keep(raw []byte) string {
	from := len(p.text)
	p.text = append(p.text, raw...)
	return p.since(from)
}

// since is what was added to the texts, which have room for as much as was read.
func (p *parser) since(from int) string {
	if from == len(p.text) {
		return ""
	}
	return unsafe.String(&p.text[from], len(p.text)-from)
}
