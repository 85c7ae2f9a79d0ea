package hunt

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strings"
)

// ids turns the numbers of events into opaque ids and back: a number is encrypted as one
// block, so that an id says nothing to who has no key, and a guessed one is none.
type ids struct{ block cipher.Block }

func newIDs(key []byte) ids {
	digest := sha256.Sum256(append([]byte("ringer event ids\x00"), key...))
	block, err := aes.NewCipher(digest[:])
	if err != nil {
		panic(err) // the key is of the right length
	}
	return ids{block}
}

var idText = base32.StdEncoding.WithPadding(base32.NoPadding)

func (i ids) of(number int) string {
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[8:], uint64(number))
	i.block.Encrypt(block[:], block[:])
	return strings.ToLower(idText.EncodeToString(block[:]))
}

// number returns the number of an event that there would be, if there are so many.
func (i ids) number(id string) (int, bool) {
	block, err := idText.DecodeString(strings.ToUpper(id))
	if err != nil || len(block) != aes.BlockSize {
		return 0, false
	}
	i.block.Decrypt(block, block)
	if binary.BigEndian.Uint64(block) != 0 {
		return 0, false
	}
	number := binary.BigEndian.Uint64(block[8:])
	if number > 1<<40 {
		return 0, false
	}
	return int(number), true
}
