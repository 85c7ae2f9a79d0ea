package sigma

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"
	"unsafe"
)

// cachedRules is what a cache keeps of a body of rules: what parsing made of it.
type cachedRules struct {
	Rules    []*Rule
	Problems []Problem
}

var cacheSchema = sync.OnceValue(func() *schema { return newSchema(reflect.TypeFor[cachedRules]()) })

const cacheMagic = "ringer sigma 1\n"

// cacheLayout tells a cache of another layout or another build of the parser.
var cacheLayout = sync.OnceValue(func() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte(cacheSchema().text.String()))
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprint(h, info.Main.Version, info.GoVersion)
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" || s.Key == "vcs.modified" {
				fmt.Fprint(h, s)
			}
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
})

var castagnoli = sync.OnceValue(func() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) })

// encodeCache writes how much memory each type needs, the texts, and the rest.
func encodeCache(c cachedRules) []byte {
	s := cacheSchema()
	e := &encoder{places: map[string]uint64{}, numbers: map[pointee]uint64{}, used: make([]int, len(s.slabs))}
	s.codecs[reflect.TypeFor[cachedRules]()].write(e, unsafe.Pointer(&c))
	var out []byte
	for _, n := range e.used {
		out = binary.AppendUvarint(out, uint64(n))
	}
	return append(appendBlock(out, e.texts), e.out...)
}

// sealCache puts before a body the magic, a checksum of all that follows, the
// layout and the key.
func sealCache(key, body []byte) []byte {
	layout := cacheLayout()
	sealed := append(appendBlock(slices.Clone(layout[:]), key), body...)
	out := binary.LittleEndian.AppendUint32([]byte(cacheMagic), crc32.Checksum(sealed, castagnoli()))
	return append(out, sealed...)
}

func appendBlock(dst, block []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(block))), block...)
}

// openCache checks what a cache is and takes it apart.
func openCache(src []byte) (key, body []byte, ok bool) {
	sealed, found := bytes.CutPrefix(src, []byte(cacheMagic))
	if !found || len(sealed) < 4 || binary.LittleEndian.Uint32(sealed) != crc32.Checksum(sealed[4:], castagnoli()) {
		return nil, nil, false
	}
	layout := cacheLayout()
	if sealed, found = bytes.CutPrefix(sealed[4:], layout[:]); !found {
		return nil, nil, false
	}
	return cutBlock(sealed)
}

func cutBlock(src []byte) (block, rest []byte, ok bool) {
	n, size := binary.Uvarint(src)
	if size <= 0 || n > uint64(len(src)-size) {
		return nil, nil, false
	}
	return src[size : size+int(n)], src[size+int(n):], true
}

// decodeCache reads a body. The result points into it.
func decodeCache(src []byte) (c cachedRules, err error) {
	defer func() {
		if p := recover(); p != nil {
			c, err = cachedRules{}, errBadCache
		}
	}()
	s := cacheSchema()
	d := &decoder{slabs: make([]slabSpace, len(s.slabs))}
	for i, t := range s.slabs {
		n, size := binary.Uvarint(src)
		if size <= 0 || n > uint64(len(src)) {
			return cachedRules{}, errBadCache
		}
		if t.Kind() == reflect.Array {
			t = t.Elem()
		}
		d.slabs[i] = newSlab(t, int(n))
		src = src[size:]
	}
	texts, rest, ok := cutBlock(src)
	if !ok {
		return cachedRules{}, errBadCache
	}
	d.texts = unsafe.String(unsafe.SliceData(texts), len(texts))
	d.in = rest
	s.codecs[reflect.TypeFor[cachedRules]()].read(d, unsafe.Pointer(&c))
	return c, nil
}
