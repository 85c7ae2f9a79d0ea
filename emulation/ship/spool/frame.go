package spool

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A segment is a head and frames. A frame is the length of an entry and its checksum,
// both as 32 bits with the least byte first, and the entry.
const (
	segmentHead = "ringer spool 1\n\n"
	frameHead   = 8
	// MaxEntry is the most bytes that an entry can have.
	MaxEntry = 16 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendFrame adds an entry to what is to be written.
func appendFrame(to, entry []byte) []byte {
	to = binary.LittleEndian.AppendUint32(to, uint32(len(entry)))
	to = binary.LittleEndian.AppendUint32(to, crc32.Checksum(entry, castagnoli))
	return append(to, entry...)
}

// errTorn says that a segment ends within its head or a frame, as one does whose writer
// was killed.
var errTorn = errors.New("it ends within an entry")

// errDamaged says that bytes of a segment are not those that were written.
var errDamaged = errors.New("an entry is not as it was written")

// frames reads the frames of a segment.
type frames struct {
	in *bufio.Reader
	at int64 // where the next frame begins
}

// newFrames reads a segment from its head on, or from a frame on if at is where one
// begins. It fails with errTorn or errDamaged if there is no head.
func newFrames(segment io.Reader, at int64) (*frames, error) {
	f := &frames{bufio.NewReaderSize(segment, 64<<10), at}
	if at > 0 {
		return f, nil
	}
	head := make([]byte, len(segmentHead))
	if _, err := io.ReadFull(f.in, head); err != nil {
		return nil, torn(err)
	}
	if string(head) != segmentHead {
		return nil, errDamaged
	}
	f.at = int64(len(head))
	return f, nil
}

// next returns the next entry. It fails with io.EOF after the last, with errTorn and
// errDamaged, or as the reader does.
func (f *frames) next() ([]byte, error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(f.in, head[:]); err != nil {
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, io.EOF
		}
		return nil, torn(err)
	}
	size, sum := binary.LittleEndian.Uint32(head[:4]), binary.LittleEndian.Uint32(head[4:])
	if size > MaxEntry {
		return nil, fmt.Errorf("%w: it would have %d bytes", errDamaged, size)
	}
	entry, err := io.ReadAll(io.LimitReader(f.in, int64(size))) // grows with what is there, whatever the head says
	if err != nil {
		return nil, err
	}
	if len(entry) < int(size) {
		return nil, errTorn
	}
	if crc32.Checksum(entry, castagnoli) != sum {
		return nil, errDamaged
	}
	f.at += frameHead + int64(size)
	return entry, nil
}

func torn(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errTorn
	}
	return err
}
