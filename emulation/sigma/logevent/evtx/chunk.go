package evtx

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ringer-lab/ringer/emulation/sigma/logevent/record"
)

const (
	recordMagic = 0x2a2a
	recordHead  = 24
	recordTail  = 4
)

// Reader reads the records of chunks. It keeps memory from one to the next, and must be
// used by one goroutine at a time.
type Reader struct {
	*record.Parser
	chunk []byte
	names map[uint32]string
	// templates are where the definitions begin and end, by their offset.
	templates map[uint32][2]int
	values    []value
	elements  []record.Member
	text      []byte
	left      budget
}

// budget is what may still be made of a record.
type budget struct{ nodes, bytes int }

// What may be made of a record at most: of one of 64 KiB no more than a few thousand
// elements can come, unless it was made to grow.
var whole = budget{nodes: 20_000, bytes: 2 << 20}

// NewReader makes trees in the memory of the parser.
func NewReader(parser *record.Parser) *Reader {
	return &Reader{Parser: parser, names: map[uint32]string{}, templates: map[uint32][2]int{}}
}

var (
	errShort = errors.New("the record ends in the middle of a part")
	errGrows = errors.New("the record would become too large")
)

// Chunk hands out the event of each record of a chunk, which is good until each returns.
// It fails with the first record that cannot be read, after it handed out all that can.
func (r *Reader) Chunk(chunk []byte, each func(v *record.Value) error) error {
	r.chunk = chunk
	clear(r.names)
	clear(r.templates)
	var failed error
	free, last := freeSpace(chunk), uint64(0)
	for at := chunkHead; at+recordHead+recordTail <= len(chunk); {
		if binary.LittleEndian.Uint32(chunk[at:]) != recordMagic {
			break
		}
		number := binary.LittleEndian.Uint64(chunk[at+8:])
		if at >= free && number != last+1 {
			break
		}
		last = number
		size := int(binary.LittleEndian.Uint32(chunk[at+4:]))
		if size < recordHead+recordTail || size > len(chunk)-at {
			failed = first(failed, fmt.Errorf("a record of %d bytes is longer than the chunk", size))
			break
		}
		r.Reset()
		v, err := r.record(at+recordHead, at+size-recordTail)
		if err == nil {
			err = each(&v)
		}
		if err != nil {
			failed = first(failed, fmt.Errorf("record %d: %w", number, err))
		}
		at += size
	}
	return failed
}

// freeSpace is where a chunk says that its free space begins. What lies there may be
// records of before the log was cleared, whose parts no longer lie where they refer to;
// or those that follow, where the log was copied before the chunk was closed.
func freeSpace(chunk []byte) int {
	if len(chunk) >= chunkHead {
		if free := binary.LittleEndian.Uint32(chunk[freeAt:]); free >= chunkHead && free < chunkSize {
			return int(free)
		}
	}
	return len(chunk)
}

func first(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// record reads the binary XML of one record.
func (r *Reader) record(from, to int) (record.Value, error) {
	r.left, r.values, r.elements = whole, r.values[:0], r.elements[:0]
	r.text = make([]byte, 0, to-from)
	c := cursor{r: r, at: from, end: to}
	if err := c.fragment(frame{}, 0); err != nil {
		return record.Value{}, err
	}
	if len(r.elements) == 0 {
		return record.Value{}, errors.New("the record contains no element")
	}
	return record.Value{Kind: record.Object, Members: r.Keep(r.elements[:1])}, nil
}

// spend takes from the budget.
func (r *Reader) spend(nodes, bytes int) error {
	r.left.nodes -= nodes
	r.left.bytes -= bytes
	if r.left.nodes < 0 || r.left.bytes < 0 {
		return errGrows
	}
	return nil
}
