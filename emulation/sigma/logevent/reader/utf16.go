package reader

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns UTF-16 into UTF-8 as it is read: what Windows PowerShell's
// ">" writes.
type utf16Reader struct {
	r     *bufio.Reader
	order binary.ByteOrder
	rest  []byte // decoded, not handed out yet
}

// asUTF8 gives r itself unless a byte order mark says that it is UTF-16.
func asUTF8(r *bufio.Reader) *bufio.Reader {
	mark, _ := r.Peek(2) // what is shorter or fails is for the reader to find
	switch {
	case bytes.Equal(mark, []byte("\xff\xfe")):
		return bufio.NewReaderSize(&utf16Reader{r: r, order: binary.LittleEndian}, r.Size())
	case bytes.Equal(mark, []byte("\xfe\xff")):
		return bufio.NewReaderSize(&utf16Reader{r: r, order: binary.BigEndian}, r.Size())
	}
	return r
}

// Read decodes what was buffered; it fails as the reader below does.
func (u *utf16Reader) Read(p []byte) (int, error) {
	if len(u.rest) == 0 {
		if _, err := u.r.Peek(2); err != nil {
			return 0, err
		}
		chunk, _ := u.r.Peek(u.r.Buffered() &^ 1)
		if last := len(chunk) - 2; utf16.IsSurrogate(rune(u.order.Uint16(chunk[last:]))) {
			if chunk = chunk[:last]; last == 0 { // its pair, if it has one, is still to be read
				chunk, _ = u.r.Peek(4)
				chunk = chunk[:len(chunk)&^1]
			}
		}
		u.rest = u.rest[:0]
		for _, r := range utf16.Decode(u.units(chunk)) {
			u.rest = utf8.AppendRune(u.rest, r)
		}
		if _, err := u.r.Discard(len(chunk)); err != nil {
			return 0, err
		}
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

func (u *utf16Reader) units(b []byte) []uint16 {
	out := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		out = append(out, u.order.Uint16(b))
	}
	return out
}

// byteOrderMark is that of UTF-8, which says nothing else.
var byteOrderMark = []byte("\xef\xbb\xbf")
