package evtx

import (
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/eventxml"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// The tokens of binary XML; moreFollows is added to some where attributes, or further
// text, come after it.
const (
	tokenEnd            = 0x00
	tokenOpen           = 0x01
	tokenCloseStart     = 0x02
	tokenCloseEmpty     = 0x03
	tokenCloseElement   = 0x04
	tokenValue          = 0x05
	tokenAttribute      = 0x06
	tokenCDATA          = 0x07
	tokenCharRef        = 0x08
	tokenEntityRef      = 0x09
	tokenPITarget       = 0x0a
	tokenPIData         = 0x0b
	tokenTemplate       = 0x0c
	tokenSubstitution   = 0x0d
	tokenOptional       = 0x0e
	tokenFragment       = 0x0f
	moreFollows         = 0x40
	maxDepth            = 32
	templateHead        = 24
	inlineNameHead      = 8
	valueDescriptorSize = 4
)

// frame is the template that is being filled in.
type frame struct {
	values   []value
	template bool // elements have the number of what they depend on
}

// fragment reads elements up to the end, and adds them to those of the reader.
func (c *cursor) fragment(in frame, depth int) error {
	if depth > maxDepth {
		return errGrows
	}
	for c.at < c.end {
		token, err := c.u8()
		if err != nil {
			return err
		}
		switch token &^ moreFollows {
		case tokenEnd:
			return nil
		case tokenFragment:
			err = c.skip(3)
		case tokenTemplate:
			err = c.instance(depth)
		case tokenOpen:
			err = c.element(token&moreFollows != 0, in, depth)
		case tokenPITarget:
			_, err = c.name()
		case tokenPIData:
			_, err = c.counted()
		default:
			err = fmt.Errorf("unexpected token %#02x", token)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// instance reads a template and what it is filled in with.
func (c *cursor) instance(depth int) error {
	if err := c.skip(5); err != nil { // a version and an id
		return err
	}
	offset, err := c.u32()
	if err != nil {
		return err
	}
	definition, ok := c.r.templates[offset]
	if !ok {
		d := cursor{r: c.r, at: int(offset), end: len(c.r.chunk)}
		if err := d.skip(templateHead - 4); err != nil {
			return errors.New("the template lies outside of the chunk")
		}
		size, err := d.u32()
		if err != nil || int64(size) > int64(d.end-d.at) {
			return errors.New("the template is longer than the chunk")
		}
		definition = [2]int{d.at, d.at + int(size)}
		c.r.templates[offset] = definition
	}
	if int(offset) == c.at { // it is defined here
		if err := c.skip(definition[1] - c.at); err != nil {
			return err
		}
	}
	n, err := c.u32()
	if err != nil {
		return err
	}
	if int64(n)*valueDescriptorSize > int64(c.end-c.at) {
		return errShort
	}
	if err := c.r.spend(int(n), 0); err != nil {
		return err
	}
	from := len(c.r.values)
	descriptors := cursor{r: c.r, at: c.at, end: c.at + int(n)*valueDescriptorSize}
	c.at = descriptors.end
	for descriptors.at < descriptors.end {
		size, _ := descriptors.u16() // they are all there
		kind, _ := descriptors.u16()
		v := value{kind: byte(kind), from: c.at, to: c.at + int(size)}
		if err := c.skip(int(size)); err != nil {
			return err
		}
		c.r.values = append(c.r.values, v)
	}
	in := frame{values: c.r.values[from:len(c.r.values):len(c.r.values)], template: true}
	d := cursor{r: c.r, at: definition[0], end: definition[1]}
	err = d.fragment(in, depth+1)
	c.r.values = c.r.values[:from]
	return err
}

// element reads an element whose token was read.
func (c *cursor) element(attributes bool, in frame, depth int) error {
	if depth > maxDepth {
		return errGrows
	}
	if err := c.r.spend(1, 0); err != nil {
		return err
	}
	if in.template {
		if err := c.skip(2); err != nil {
			return err
		}
	}
	if err := c.skip(4); err != nil { // its size
		return err
	}
	name, err := c.name()
	if err != nil {
		return err
	}
	from := len(c.r.elements)
	if attributes {
		if err := c.skip(4); err != nil { // the size of all
			return err
		}
		if err := c.attributes(in); err != nil {
			return err
		}
	}
	var text content
	end, err := c.u8()
	if err == nil && end == tokenCloseStart {
		text, err = c.children(in, depth, from)
	} else if err == nil && end != tokenCloseEmpty {
		err = fmt.Errorf("unexpected token %#02x in %s", end, name)
	}
	if err != nil {
		return err
	}
	children := c.r.elements[from:]
	m := record.Member{Name: name, Value: c.r.valueOf(children, text)}
	if name == "Data" && len(children) == 1 && children[0].Name == eventxml.Attributes && len(children[0].Members) == 1 && children[0].Members[0].Name == "Name" {
		m = record.Member{Name: children[0].Members[0].Text, Value: text.value}
		if !text.any {
			m.Value = record.Value{Kind: record.Text}
		}
	}
	c.r.elements = append(c.r.elements[:from], m)
	return nil
}

// attributes reads attributes, up to what ends the tag, into one member.
func (c *cursor) attributes(in frame) error {
	from := len(c.r.elements)
	for c.at < c.end {
		token := c.r.chunk[c.at]
		if token&^moreFollows != tokenAttribute {
			break
		}
		c.at++
		name, err := c.name()
		if err != nil {
			return err
		}
		text, err := c.content(in)
		if err != nil {
			return err
		}
		if text.any {
			c.r.elements = append(c.r.elements, record.Member{Name: name, Value: text.value})
		}
	}
	if len(c.r.elements) == from {
		return nil
	}
	all := record.Member{Name: eventxml.Attributes, Value: record.Value{Kind: record.Object, Members: c.r.Keep(c.r.elements[from:])}}
	c.r.elements = append(c.r.elements[:from], all)
	return nil
}

// children reads what an element holds, up to its end. Elements of one name become a
// list.
func (c *cursor) children(in frame, depth, from int) (content, error) {
	var text content
	for {
		if c.at >= c.end {
			return text, errShort
		}
		switch token := c.r.chunk[c.at]; token &^ moreFollows {
		case tokenCloseElement:
			c.at++
			return text, nil
		case tokenOpen, tokenTemplate:
			c.at++
			n := len(c.r.elements)
			var err error
			if token&^moreFollows == tokenOpen {
				err = c.element(token&moreFollows != 0, in, depth+1)
			} else {
				err = c.instance(depth + 1)
			}
			if err != nil {
				return text, err
			}
			c.r.merge(from, n)
		default:
			n := len(c.r.elements)
			more, err := c.contentOf(in, depth)
			if err != nil {
				return text, err
			}
			c.r.merge(from, n)
			text = c.r.join(text, more)
		}
	}
}

// merge makes lists of the elements from n on that have the name of one before them.
func (r *Reader) merge(from, n int) {
	added := r.elements[n:]
	kept := r.elements[:n]
	for _, m := range added {
		kept = mergeOne(kept, from, m)
	}
	r.elements = kept
}

func mergeOne(kept []record.Member, from int, m record.Member) []record.Member {
	for i := from; i < len(kept); i++ {
		if kept[i].Name != m.Name {
			continue
		}
		if kept[i].Kind != record.List {
			kept[i].Value = record.Value{Kind: record.List, Members: []record.Member{{Value: kept[i].Value}}}
		}
		kept[i].Members = append(kept[i].Members, record.Member{Value: m.Value})
		return kept
	}
	return append(kept, m)
}

// content is the text of an element or attribute; a list if it is one of several.
type content struct {
	value record.Value
	any   bool
}

// join puts two parts of a text together.
func (r *Reader) join(a, b content) content {
	switch {
	case !b.any:
		return a
	case !a.any:
		return b
	}
	return content{record.OfText(a.value.Text + b.value.Text), true}
}

// content reads the parts of an attribute's value.
func (c *cursor) content(in frame) (content, error) {
	var text content
	for c.at < c.end {
		switch c.r.chunk[c.at] &^ moreFollows {
		case tokenValue, tokenCDATA, tokenCharRef, tokenEntityRef, tokenSubstitution, tokenOptional:
		default:
			return text, nil
		}
		more, err := c.contentOf(in, maxDepth)
		if err != nil {
			return text, err
		}
		text = c.r.join(text, more)
	}
	return text, errShort
}

// contentOf reads one part of a text. A value that is binary XML itself adds its
// elements.
func (c *cursor) contentOf(in frame, depth int) (content, error) {
	token, err := c.u8()
	if err != nil {
		return content{}, err
	}
	switch token &^ moreFollows {
	case tokenValue:
		if _, err := c.u8(); err != nil { // its type, which is text
			return content{}, err
		}
		return c.counted()
	case tokenCDATA:
		return c.counted()
	case tokenCharRef:
		n, err := c.u16()
		return content{record.OfText(string(rune(n))), true}, err
	case tokenEntityRef:
		name, err := c.name()
		return content{record.OfText(entities[name]), true}, err
	case tokenPITarget:
		_, err := c.name()
		return content{}, err
	case tokenPIData:
		_, err := c.counted()
		return content{}, err
	case tokenSubstitution, tokenOptional:
		n, err := c.u16()
		if err != nil {
			return content{}, err
		}
		if _, err := c.u8(); err != nil { // the type, which the value has too
			return content{}, err
		}
		if int(n) >= len(in.values) {
			return content{}, fmt.Errorf("value %d of %d", n, len(in.values))
		}
		v := in.values[n]
		if v.kind == kindBinXML {
			inside := cursor{r: c.r, at: v.from, end: v.to}
			return content{}, inside.fragment(frame{}, depth+1)
		}
		text, ok, err := c.r.value(v)
		return content{text, ok}, err
	}
	return content{}, fmt.Errorf("unexpected token %#02x in a text", token)
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// valueOf is an element with those members around that text.
func (r *Reader) valueOf(children []record.Member, text content) record.Value {
	elements := len(children) > 0 && (len(children) > 1 || children[0].Name != eventxml.Attributes)
	switch {
	case len(children) == 0 && !text.any:
		return record.Value{}
	case len(children) == 0:
		return text.value
	case !elements && text.any:
		children = append(children, record.Member{Name: eventxml.Content, Value: text.value})
	}
	return record.Value{Kind: record.Object, Members: r.Keep(children)}
}
