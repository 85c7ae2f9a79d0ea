package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
)

// KeySize is how many bytes a key has.
const KeySize = 32

// codeSize is how many bytes a code has.
const codeSize = sha256.Size

// ErrForged says that a frame has not the code of the other side: something else in the
// asset has written to its streams, or taken from them.
var ErrForged = errors.New("a frame did not come from the other side of the wire, but from something else in the asset")

// codes are those of a conversation that has a key.
type codes struct{ sent, received *code }

// The two directions: what one side sent is no answer of the other.
const (
	fromAgent  = 'a'
	fromRunner = 'r'
)

func newCodes(key []byte, sent, received byte) *codes {
	return &codes{
		sent:     &code{hash: hmac.New(sha256.New, key), direction: sent},
		received: &code{hash: hmac.New(sha256.New, key), direction: received},
	}
}

// code makes those of the frames of one direction, each of which goes over the wire once.
type code struct {
	hash      hash.Hash
	direction byte
	frames    uint64
}

// next is that of the next frame.
func (c *code) next(body []byte) []byte {
	c.frames++
	c.hash.Reset()
	_, _ = c.hash.Write(binary.BigEndian.AppendUint64([]byte{c.direction}, c.frames)) // a hash takes all
	_, _ = c.hash.Write(body)
	return c.hash.Sum(nil)
}
