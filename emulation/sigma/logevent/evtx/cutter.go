package evtx

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent"
	"github.com/ringer-lab/ringer/emulation/sigma/logevent/cut"
)

// Magic is how a file begins.
const Magic = "ElfFile\x00"

const (
	chunkMagic = "ElfChnk\x00"
	headerSize = 4096
	chunkSize  = 65536
	chunkHead  = 512
	freeAt     = 48 // in the head of a chunk
)

// Cutter cuts a file into its chunks, each of which can be read by itself. The line of
// a piece is the number of the chunk.
type Cutter struct {
	in    *bufio.Reader
	chunk [chunkSize]byte
	n     int // chunks read so far
}

// NewCutter cuts a file.
func NewCutter(in *bufio.Reader) *Cutter { return &Cutter{in: in} }

// Next is the next chunk that holds anything. It fails as a [cut.Cutter] does.
func (c *Cutter) Next() (cut.Piece, error) {
	if c.n == 0 {
		if err := c.header(); err != nil {
			return cut.Piece{}, err
		}
	}
	for {
		n, err := io.ReadFull(c.in, c.chunk[:])
		if errors.Is(err, io.EOF) {
			return cut.Piece{}, io.EOF
		}
		c.n++
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return cut.Piece{}, err
		}
		clear(c.chunk[n:])
		if bytes.HasPrefix(c.chunk[:], []byte(chunkMagic)) {
			return cut.Piece{Text: c.chunk[:], Line: c.n}, nil
		}
		if !unused(c.chunk[:]) {
			return cut.Piece{}, &logevent.LineError{Line: c.n, Err: errors.New("the chunk has no head")}
		}
	}
}

// unused says that a chunk was set aside and not written yet.
func unused(chunk []byte) bool { return len(bytes.Trim(chunk, "\x00")) == 0 }

func (c *Cutter) header() error {
	head := make([]byte, headerSize)
	if n, err := io.ReadFull(c.in, head); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return &logevent.LineError{Line: 1, Err: fmt.Errorf("the file ends after %d bytes", n)}
		}
		return err
	}
	return nil
}
