package evtx

import (
	"encoding/binary"
	"errors"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

// cursor goes through a part of a chunk.
type cursor struct {
	r       *Reader
	at, end int
}

func (c *cursor) u8() (byte, error) {
	if c.at+1 > c.end {
		return 0, errShort
	}
	c.at++
	return c.r.chunk[c.at-1], nil
}

func (c *cursor) u16() (uint16, error) {
	if c.at+2 > c.end {
		return 0, errShort
	}
	c.at += 2
	return binary.LittleEndian.Uint16(c.r.chunk[c.at-2:]), nil
}

func (c *cursor) u32() (uint32, error) {
	if c.at+4 > c.end {
		return 0, errShort
	}
	c.at += 4
	return binary.LittleEndian.Uint32(c.r.chunk[c.at-4:]), nil
}

func (c *cursor) skip(n int) error {
	if n < 0 || n > c.end-c.at {
		return errShort
	}
	c.at += n
	return nil
}

// counted is a text after the number of its characters.
func (c *cursor) counted() (content, error) {
	n, err := c.u16()
	if err != nil {
		return content{}, err
	}
	from := c.at
	if err := c.skip(int(n) * 2); err != nil {
		return content{}, err
	}
	text, err := c.r.utf16(from, c.at)
	return content{record.OfText(text), true}, err
}

// name reads the name of an element or attribute, which stands where it was first used
// in the chunk.
func (c *cursor) name() (string, error) {
	offset, err := c.u32()
	if err != nil {
		return "", err
	}
	name, known := c.r.names[offset]
	here := int(offset) == c.at
	if known && !here {
		return name, nil
	}
	n := cursor{r: c.r, at: int(offset), end: len(c.r.chunk)}
	if err := n.skip(inlineNameHead - 2); err != nil {
		return "", errors.New("a name lies outside of the chunk")
	}
	length, err := n.u16()
	if err != nil {
		return "", err
	}
	from := n.at
	if err := n.skip(int(length)*2 + 2); err != nil {
		return "", errors.New("a name is longer than the chunk")
	}
	if !known {
		if length > 1024 {
			return "", errors.New("a name is too long")
		}
		name = string(decodeUTF16(nil, c.r.chunk[from:from+int(length)*2]))
		c.r.names[offset] = name
	}
	if here {
		c.at = n.at
		if c.at > c.end {
			return "", errShort
		}
	}
	return name, nil
}
